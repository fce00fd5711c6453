import type { Diagnosis } from "./diagnose";
import { sentence, shortPlace, type CauseNotes } from "./textOf";

/** A diagnosis as an incident: for a comment, a summary, a ticket. Words of others can't break out of their code spans. */
export function markdownOf(diagnosis: Diagnosis, notes: readonly CauseNotes[] = [], named?: string): string {
  const { causes, waits, outcome, reason, service, subject, unseen } = diagnosis;
  const name = code(named ?? subject.serviceName ?? subject.family ?? "the job");
  const running = service ? ` ${service.running} of ${service.desired} ${service.desired === 1 ? "task runs" : "tasks run"}.` : "";
  const heading =
    outcome === "unseen"
      ? "could not be looked at"
      : outcome === "nothing"
        ? "nothing wrong found"
        : causes.length === 1
          ? "one cause found"
          : `${causes.length} causes found`;
  const sections = causes.map((cause, index) => {
    const { place, diff } = notes[index] ?? {};
    return [
      `#### ${index + 1}. ${cause.title}${cause.certainty === "perhaps" ? " (perhaps)" : ""}`,
      "",
      plain(sentence(cause.problem)),
      "",
      ...cause.evidence.map(({ where, saw }) => `- ${code(shortPlace(where))}: ${code(saw)}`),
      "",
      `**Fix.** ${withCode(cause.fix)}${cause.key ? ` Decided by ${code(cause.key)}${place ? ` in ${code(place)}` : " in service.yaml"}.` : ""}`,
      ...(diff ? ["", fenced(diff, "diff")] : []),
      ...(cause.commands.length > 0 ? ["", fenced(cause.commands.join("\n"), "sh")] : []),
    ].join("\n");
  });
  return (
    [
      `### ${name}: ${heading}`,
      ...(reason === null ? [] : [code(reason)]),
      ...(running ? [running.trim()] : []),
      ...sections,
      ...(waits.length > 0 ? [waits.map(({ what }) => `- goes on: ${plain(what)}`).join("\n")] : []),
      ...(unseen.length > 0 ? [`Not seen: ${unseen.map(({ action, reason }) => `${code(action)} (${reason})`).join(", ")}.`] : []),
    ].join("\n\n") + "\n"
  );
}

/** A code span that holds whatever it is given, on one line. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim() || " ";
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const ticks = "`".repeat(longest + 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${ticks}${space}${line}${space}${ticks}`;
}

/** Our own sentences, whose code spans stay what they are. */
function withCode(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : plain(part)))
    .join("");
}

/** Text in which nothing is Markdown, HTML or a mention. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]<>()#+!|~@&]/g, "\\$&")
    .replace(/\\@/g, "@\u200b");
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}
