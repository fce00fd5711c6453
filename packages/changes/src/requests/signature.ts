import type { Answer, Outcome, Target } from "./model";

/** The same for two answers that nobody can tell apart: by who answers, not by which target group or rule brings them there. */
export function signatureOf(answer: Outcome | Answer): string {
  switch (answer.kind) {
    case "forward":
      return `forward ${sharesOf(answer.targets)
        .map(({ name, kind, share }) => `${kind} ${name} ${share}`)
        .sort()
        .join(", ")}${(answer.guards ?? []).map(({ text, detail }) => ` after ${text} ${detail}`).join("")}`;
    case "redirect":
      return `redirect ${answer.statusCode} ${JSON.stringify(answer.to)}`;
    case "fixedResponse":
      return `fixed ${answer.statusCode}`;
    case "refused":
      return "refused";
    case "unknown": {
      const candidates = "candidates" in answer ? answer.candidates : [];
      return `unknown ${answer.reason} ${candidates.map(({ rule, outcome }) => `${rule?.priority} ${JSON.stringify(rule?.conditions)} ${signatureOf(outcome)}`).join("; ")}`;
    }
  }
}

/** Each answerer once, with all of its share. */
export function sharesOf(targets: readonly Target[]): Target[] {
  const known = new Map<string, Target>();
  for (const target of targets) {
    const key = `${target.kind} ${target.name}`;
    const other = known.get(key);
    const share =
      other === undefined ? target.share : other.share === undefined || target.share === undefined ? undefined : other.share + target.share;
    known.set(key, { ...target, share });
  }
  const all = [...known.values()];
  // Whoever is alone answers all of them, however they get there.
  return all.length === 1 ? [{ ...all[0]!, share: 1 }] : all;
}
