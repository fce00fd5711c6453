import { bySeverity } from "@fairlead/changes";
import { gradeOf } from "@fairlead/review";

import { isFailed, type ChangeReport, type StackReport } from "../report";
import { names, plain } from "./markdown";
import { severities } from "../severities";

/** What a reviewer must know if it is the only thing that they read. */
export function verdict(report: ChangeReport): string {
  const failed = report.stacks.filter((stack) => isFailed(stack) || stack.notices.some(({ refuses }) => refuses));
  const stacks = report.stacks.filter((stack): stack is StackReport => !isFailed(stack));
  const changed = stacks.filter(({ grade }) => grade !== "nothing");
  if (failed.length > 0)
    return headline("❌", `can't be planned: ${names(failed)}`, "`pulumi up` would fail the same way, and change nothing.");
  const refusal = report.notices?.find(({ refuses }) => refuses);
  if (refusal) return headline("❌", refusal.title, touchedText(changed));
  const refused = stacks.filter(({ mandatory, policy }) => mandatory && policy.findings.length > 0);
  if (refused.length > 0) {
    const count = refused.reduce((sum, { policy }) => sum + policy.findings.length, 0);
    return headline("❌", `${count} mandatory ${count === 1 ? "rule is" : "rules are"} broken in ${names(refused)}`, touchedText(changed));
  }
  const worst = changed.flatMap(({ stack, dangers }) => (dangers[0] ? [{ stack, severity: dangers[0].severity }] : [])).sort(bySeverity);
  const [first] = worst;
  if (first && first.severity !== "routine") {
    const { sign, verdict: words } = severities[first.severity];
    const where = names(worst.filter(({ severity }) => severity === first.severity));
    return headline(sign, `${gradeOf(first.severity)} – ${words}: ${where}`, touchedText(changed));
  }
  if (changed.length === 0)
    return headline(
      "✅",
      "no changes",
      stacks.length === 1 ? "1 environment stays as it is." : `${stacks.length} environments stay as they are.`,
    );
  return headline("✅", "routine", `${touchedText(changed)} Nothing is replaced or deleted that anybody would notice.`);
}

function headline(sign: string, words: string, rest: string): string {
  return `### ${sign} ${plain(words)[0]!.toUpperCase()}${plain(words).slice(1)}\n\n${rest}`;
}

/** `2 services change in dev, staging and prod.` */
function touchedText(stacks: StackReport[]): string {
  if (stacks.length === 0) return "Nothing changes.";
  const services = new Set(stacks.flatMap(({ services: own }) => own.map(({ service }) => service)));
  const what =
    services.size === 0
      ? "No service changes, other resources do"
      : `${services.size} ${services.size === 1 ? "service changes" : "services change"}`;
  return `${what}, in ${names(stacks)}.`;
}
