export { formatAdmission, type AdmissionFinding } from "./admissionFinding";
export { admit, type AdmitOptions, type AdmittedTask } from "./admit";
export type { Attestation, ImageAdmission } from "./imageAdmission";
export type { RequiredSignature } from "./signatures/requiredSignature";
export type { VulnerabilityException } from "./vulnerabilities/vulnerabilityException";
