export { formatAdmission, type AdmissionFinding } from "./admissionFinding";
export { admit, type AdmittedTask } from "./admit";
export type { ImageAdmission } from "./imageAdmission";
