import { refusal, type AdmissionFinding, type AdmittedImage } from "../admissionFinding";
import type { Attestation } from "../imageAdmission";

const names = { sbom: "SBOM (SPDX or CycloneDX)", provenance: "provenance (SLSA)" };

/** Which attestations an image lacks. @param signers whether attached ones can count at all: those that somebody must have signed */
export function attestationFindings(
  admitted: AdmittedImage,
  required: readonly Attestation[],
  found: ReadonlySet<Attestation>,
  signers: boolean,
): AdmissionFinding[] {
  return required
    .filter((each) => !found.has(each))
    .map((each) => {
      const problem = `it has no ${names[each]}`;
      const attached = signers ? ", or attached to it and signed by who must have signed the image" : "";
      const expected = `${names[each]} of the task's platform in the image's index${attached} (fairlead:requiredAttestations)`;
      return refusal(admitted, { code: "FL2164", problem, expected });
    });
}
