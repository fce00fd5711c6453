import { isFromAllowed } from "@fairlead/model";

import { refusal, type AdmissionFinding, type AdmittedImage } from "./admissionFinding";
import type { ImageAdmission } from "./imageAdmission";

/** Whether an image lies where images may come from. */
export function registryFindings(admitted: AdmittedImage, { allowedRegistries }: ImageAdmission): AdmissionFinding[] {
  if (allowedRegistries === undefined || isFromAllowed(admitted.image, allowedRegistries)) return [];
  const problem = `the image lies in ${admitted.image.split("@")[0]}`;
  const expected = `an image of ${allowedRegistries.join(", ") || "no registry at all"} (fairlead:allowedRegistries)`;
  return [refusal(admitted, { code: "FL2160", problem, expected })];
}
