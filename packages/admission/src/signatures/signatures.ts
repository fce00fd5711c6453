import { firstFew, shortened } from "@fairlead/model";

import { refusal, type AdmissionFinding, type AdmittedImage } from "../admissionFinding";
import { signerText, type RequiredSignature } from "./requiredSignature";
import type { VerifiedStatements } from "./verifiedStatements";

/** Whether one of those who must have signed an image did. */
export function signatureFindings(
  admitted: AdmittedImage,
  required: readonly RequiredSignature[],
  { signed, rejected }: VerifiedStatements,
): AdmissionFinding[] {
  if (signed) return [];
  const reasons = [...rejected].map(([reason, count]) => `${count === 1 ? "" : `${count} times: `}${reason}`);
  const problem = reasons.length === 0 ? "no signature is attached to it" : `no signature of it counts: ${firstFew(reasons, 5)}`;
  const expected = `a signature by ${required.map(signerText).join(", or by ")} (fairlead:requiredSignatures, ${required[0]!.images})`;
  const how = required[0]!.publicKey === undefined ? "cosign sign" : "cosign sign --key <private key>";
  const fix = `Have whoever answers for the image sign this digest: ${how} ${shortened(admitted.image, 300)}. Then run \`up\` again.`;
  return [refusal(admitted, { code: "FL2161", problem, expected, fix })];
}

/** The finding of an image of which nothing is said. */
export function unmatched(admitted: AdmittedImage, all: readonly RequiredSignature[]): AdmissionFinding {
  const problem = `nothing says who must have signed an image of ${admitted.image.split("@")[0]}`;
  const expected = `an image of ${all.map(({ images }) => images).join(", ") || "nobody"} (fairlead:requiredSignatures)`;
  return refusal(admitted, { code: "FL2162", problem, expected });
}
