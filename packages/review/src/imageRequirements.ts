import { isMap, shortened, vulnerabilitySeverities, type VulnerabilitySeverity } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";

const inspection = "pulumi-nodejs:dynamic/fairlead:ImageInspection";

type Admission = Record<string, unknown>;

/** What a plan requires of the images of a service, from its inspections: of several that say the same, once. */
function admissionsOf(plan: Plan): Admission[] {
  const required = plan.resources.filter(({ type }) => type === inspection).flatMap(({ inputs }) => inputs.admission ?? []);
  return required.filter(isMap);
}

/** What a stack requires of images before a task definition names them, one line each; none where it requires nothing. */
export function imageRequirements(plan: Plan): string[] {
  return [...new Set(admissionsOf(plan).flatMap(linesOf))];
}

/** What a stack lets through although something is known against it, one line each; none by default. */
export function imageAllowances(plan: Plan): string[] {
  const allowances = admissionsOf(plan).flatMap((admission) => [
    ...(admission.unstartableImages === "tell" ? ["images that would not start: only told, and run all the same"] : []),
    ...exceptionsOf(admission).map((exception) => `vulnerabilities let through: ${exception}`),
  ]);
  return [...new Set(allowances)];
}

function linesOf(admission: Admission): string[] {
  const { allowedRegistries, requiredSignatures: signatures, requiredAttestations: attestations, maximumSeverity } = admission;
  return [
    ...(Array.isArray(allowedRegistries) ? [`come from ${[...texts(allowedRegistries), "the service's own repository"].join(", ")}`] : []),
    ...(Array.isArray(signatures) ? [signaturesText(signatures.filter(isMap))] : []),
    ...(Array.isArray(attestations) && attestations.length > 0 ? [`have attestations: ${texts(attestations).join(", ")}`] : []),
    ...(typeof maximumSeverity === "string"
      ? [`have no vulnerability above ${maximumSeverity} in ECR's scan${refusesUnscanned(admission) ? ", and have one" : ""}`]
      : []),
  ];
}

function signaturesText(entries: Admission[]): string {
  if (entries.length === 0) return "be of an entry of requiredSignatures, which has none, so that no image may run";
  return `be signed by the signer of the entry that it is of, and no other image may run: ${entries.map(signatureText).join("; ")}`;
}

function signatureText({ images, publicKeyFile, certificateIdentity, unsigned }: Admission): string {
  const how =
    typeof unsigned === "string"
      ? `allowed without a signature (${unsigned})`
      : `signed by ${String(typeof publicKeyFile === "string" ? publicKeyFile : certificateIdentity)}`;
  return shortened(`${String(images)} ${how}`, 200);
}

/** Without the service's own repository, which is known only after apply, and another one for each service. */
function texts(entries: unknown[]): string[] {
  return entries.filter((entry) => typeof entry === "string").map((entry) => shortened(entry, 100));
}

/** In what a change asks less of images than before: `registries (quay.io)`. Empty where it asks for as much or more. */
export function loosened(before: Plan, after: Plan): string[] {
  // Of a stack without services nothing runs.
  if (![before, after].every(({ resources }) => resources.some(({ type }) => type === inspection))) return [];
  const was = admissionsOf(before)[0] ?? {};
  const is = admissionsOf(after)[0] ?? {};
  return [
    ...growth("allowed registries", was.allowedRegistries, is.allowedRegistries),
    ...growth("signers", was.requiredSignatures, is.requiredSignatures),
    ...growth("attestations", is.requiredAttestations ?? [], was.requiredAttestations ?? []),
    ...(rank(is.maximumSeverity) > rank(was.maximumSeverity) ? ["vulnerabilities"] : []),
    ...(refusesUnscanned(was) && !refusesUnscanned(is) && is.maximumSeverity !== undefined ? ["images that were not scanned"] : []),
    ...(was.unstartableImages !== "tell" && is.unstartableImages === "tell" ? ["images that would not start"] : []),
    ...newExceptions(before, after),
  ];
}

/** What a list has that it had not; where there is none any more, everything is let through. */
function growth(name: string, was: unknown, is: unknown): string[] {
  if (!Array.isArray(was)) return [];
  const known = new Set(was.map((entry) => JSON.stringify(entry)));
  return Array.isArray(is) && is.every((entry) => (typeof entry === "object" && isOutput(entry)) || known.has(JSON.stringify(entry)))
    ? []
    : [name];
}

function isOutput(value: unknown): boolean {
  return isMap(value) && "$output" in value;
}

function rank(severity: unknown): number {
  return severity === undefined ? Infinity : vulnerabilitySeverities.indexOf(severity as VulnerabilitySeverity);
}

function refusesUnscanned({ maximumSeverity, unscannedImages }: Admission): boolean {
  return maximumSeverity !== undefined && unscannedImages !== "tell";
}

/** `CVE-2026-1234 until 2026-12-31 (the parser is never called, ada@example.com)` */
function exceptionsOf({ vulnerabilityExceptions: exceptions }: Admission): string[] {
  const entries = Array.isArray(exceptions) ? exceptions.filter(isMap) : [];
  return entries.map(({ vulnerability, until, reason, by }) => shortened(`${vulnerability} until ${until} (${reason}, ${by})`, 200));
}

function newExceptions(before: Plan, after: Plan): string[] {
  const known = new Set(admissionsOf(before).flatMap(exceptionsOf));
  const more = new Set(
    admissionsOf(after)
      .flatMap(exceptionsOf)
      .filter((exception) => !known.has(exception)),
  );
  return more.size > 0 ? [`exceptions for ${[...more].join(", ")}`] : [];
}
