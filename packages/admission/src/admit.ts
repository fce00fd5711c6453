import { ImageError, RegistryClient, type CredentialOptions } from "@fairlead/images";

import { refusal, type AdmissionFinding, type AdmittedImage } from "./admissionFinding";
import { readManifest } from "./admittedManifest";
import { attestationFindings } from "./attestations/attestations";
import { buildAttestations } from "./attestations/buildAttestations";
import type { ImageAdmission } from "./imageAdmission";
import { registryFindings } from "./registries";
import { requirementsFor } from "./signatures/requiredSignature";
import { signatureFindings, unmatched } from "./signatures/signatures";
import { TrustedRootError } from "./signatures/trustedRoot";
import { verifiedStatements } from "./signatures/verifiedStatements";
import { scanOf, type ScanOptions } from "./vulnerabilities/scan";
import { vulnerabilityFindings } from "./vulnerabilities/vulnerabilities";

/** What is to be admitted: the images of one task. */
export interface AdmittedTask {
  service: string;
  /** What the task runs on. */
  platform: string;
  /** References by container: `registry/repository@sha256:…`. */
  images: Readonly<Record<string, string>>;
}

/** Options of {@link admit}. */
export interface AdmitOptions extends CredentialOptions, ScanOptions {
  /** By which exceptions are counted. The present by default. */
  now?: Date;
}

/** What a task's images lack of what the environment requires; empty if they may run. */
export async function admit(
  { service, platform, images }: AdmittedTask,
  admission: ImageAdmission,
  options: AdmitOptions = {},
): Promise<AdmissionFinding[]> {
  const found = Object.entries(images).map(async ([container, image]) => {
    const admitted = { service, container, image };
    const rest = await findingsByRegistry(admitted, platform, admission, options);
    return [...registryFindings(admitted, admission), ...rest];
  });
  return (await Promise.all(found)).flat();
}

/** What only the registry can answer; it isn't asked where nothing of that kind is required. */
async function findingsByRegistry(
  admitted: AdmittedImage,
  platform: string,
  admission: ImageAdmission,
  options: AdmitOptions,
): Promise<AdmissionFinding[]> {
  const { requiredSignatures, requiredAttestations = [], maximumSeverity } = admission;
  const matching = requiredSignatures ? requirementsFor(admitted.image, requiredSignatures) : [];
  const findings: AdmissionFinding[] = requiredSignatures && matching.length === 0 ? [unmatched(admitted, requiredSignatures)] : [];
  const signers = matching.some(({ unsigned }) => unsigned !== undefined) ? [] : matching;
  if (signers.length === 0 && requiredAttestations.length === 0 && maximumSeverity === undefined) return findings;
  try {
    const image = await readManifest(admitted.image, platform, (host) => new RegistryClient(host, options));
    const attached = signers.length > 0 ? await verifiedStatements(image, signers) : undefined;
    if (attached) findings.push(...signatureFindings(admitted, signers, attached));
    if (requiredAttestations.length > 0) {
      const told = new Set([...(attached?.attestations ?? []), ...(await buildAttestations(image))]);
      findings.push(...attestationFindings(admitted, requiredAttestations, told, attached !== undefined));
    }
    if (maximumSeverity !== undefined) {
      const today = (options.now ?? new Date()).toISOString().slice(0, 10);
      findings.push(...vulnerabilityFindings(admitted, admission, await scanOf(image, options), today));
    }
  } catch (error) {
    findings.push(unknown(admitted, error));
  }
  return findings;
}

function unknown(admitted: AdmittedImage, error: unknown): AdmissionFinding {
  const expected = "an answer to whether it has what the environment requires";
  if (error instanceof TrustedRootError) return refusal(admitted, { code: "FL2163", problem: error.message, expected });
  if (error instanceof ImageError) return refusal(admitted, { code: error.code, problem: error.problem, expected });
  throw error;
}
