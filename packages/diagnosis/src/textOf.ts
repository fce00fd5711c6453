import type { DiagnosedCause, Diagnosis } from "./diagnose";

/** Causes that are told in full; the others in a line. */
const inFull = 3;

/** What else is to be said of a cause: where in service.yaml it is decided, and the fix as a diff. */
export interface CauseNotes {
  /** `apps/api/service.yaml:12:3` */
  place?: string;
  /** A unified diff. */
  diff?: string;
}

/**
 * A diagnosis as people read it on a terminal, or in an error: plain, without colors.
 *
 * @param named what people call it, where AWS has another name
 */
export function textOf(diagnosis: Diagnosis, notes: readonly CauseNotes[] = [], named?: string): string {
  const { causes, waits, outcome, reason, service, subject } = diagnosis;
  const name = named ?? subject.serviceName ?? subject.family ?? "the job";
  const running = service ? ` (${service.running} of ${service.desired} ${service.desired === 1 ? "task runs" : "tasks run"})` : "";
  if (outcome === "unseen") return [`${name} could not be looked at: ${reason}`, ...waitLines(waits), ...unseenLines(diagnosis)].join("\n");
  return [
    outcome === "nothing"
      ? `${name}: nothing wrong found${running}.`
      : `${name}: ${causes.length === 1 ? "one cause" : `${causes.length} causes`} found${running}.`,
    ...causes.slice(0, inFull).flatMap((cause, index) => ["", ...causeLines(cause, index + 1, notes[index])]),
    ...(causes.length > inFull
      ? ["", ...causes.slice(inFull).map(({ problem, cause }, index) => `${index + 1 + inFull}. ${sentence(problem)} [${cause}]`)]
      : []),
    ...waitLines(waits),
    ...unseenLines(diagnosis),
  ].join("\n");
}

function causeLines(
  { cause, certainty, problem, evidence, key, changes, fix, commands }: DiagnosedCause,
  number: number,
  { place, diff }: CauseNotes = {},
): string[] {
  return [
    `${number}. ${certainty === "perhaps" ? "Perhaps: " : ""}${sentence(problem)} [${cause}]`,
    ...evidence.map(({ where, saw }) => `   saw  ${shortPlace(where)}: ${saw}`),
    ...(key ? [`   key  ${key} in ${place ?? "service.yaml"}`] : []),
    ...(diff
      ? []
      : changes.map(({ path, value }) => `   set  ${path.join(".")}: ${value === undefined ? "(take it out)" : JSON.stringify(value)}`)),
    `   fix  ${fix}`,
    ...commands.map((command) => `   run  ${command}`),
    // Not indented, and with its last blank line of context: `git apply` takes it as it is printed.
    ...(diff ? ["", ...diff.replace(/\n$/, "").split("\n")] : []),
  ];
}

function waitLines(waits: Diagnosis["waits"]): string[] {
  return waits.length > 0 ? ["", ...waits.map(({ what }) => `Goes on: ${what}.`.replace(/\.\.$/, "."))] : [];
}

function unseenLines({ unseen }: Diagnosis): string[] {
  if (unseen.length === 0) return [];
  const denied = unseen.filter(({ reason }) => reason === "denied").map(({ action }) => action);
  const others = unseen.filter(({ reason }) => reason !== "denied");
  return [
    "",
    ...(denied.length > 0 ? [`Not seen, for lack of permission: ${denied.join(", ")}.`] : []),
    ...others.map(({ action, words }) => `Not seen: ${action}: ${words}`),
  ];
}

/** The part of an ARN that people know it by. */
export function shortPlace(where: string): string {
  const [, , service, , , ...rest] = where.split(":");
  if (!where.startsWith("arn:") || service === undefined) return where;
  const resource = rest.join(":");
  const [kind = "", ...path] = resource.split(/[/:]/);
  return path.length > 1 ? `${kind} ${path.at(kind === "targetgroup" ? 0 : -1)}` : resource.replace("/", " ");
}

/** With a capital letter and a full stop. */
export function sentence(text: string): string {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}${/[.!?"]$/.test(text) ? "" : "."}`;
}
