import type { Finding } from "@fairlead/policy";

import { counted } from "../phrases";
import type { StackReport } from "../report";
import { folded, plain } from "./markdown";

/** Rules that are broken: what the change brings, and what fails it, open; the rest counted. */
export function policySection(stacks: StackReport[], full: boolean): string[] {
  const told = stacks.flatMap((stack) => {
    const findings = stack.mandatory ? stack.policy.findings : stack.newFindings;
    return findings.map((finding) => `${stack.mandatory ? "❌" : "❕"} ${line(finding)} – _${plain(stack.stack)}_`);
  });
  const old = stacks
    .map(({ stack, mandatory, policy, newFindings }) => ({ stack, count: mandatory ? 0 : policy.findings.length - newFindings.length }))
    .filter(({ count }) => count > 0);
  const count = old.reduce((sum, stack) => sum + stack.count, 0);
  const before =
    count === 0
      ? []
      : [
          `${counted(count, "finding was", "findings were")} there before (${old.map(({ stack, count: own }) => `${own} in ${plain(stack)}`).join(", ")}).`,
        ];
  if (told.length === 0) return before.length > 0 && full ? [`<sub>Policies: nothing new. ${before[0]}</sub>`] : [];
  const title = `policies: ${counted(told.length, "finding")}`;
  if (!full) return [`**${title}**`];
  const body = [...told.map((text) => `- ${text}`), ...before.map((text) => `\n${text}`)].join("\n");
  return [told.length > 10 ? folded(title, body) : `**${title}**\n\n${body}`];
}

function line({ control, name, problem, fix }: Finding): string {
  return `**${plain(control)}** ${plain(name)}: ${plain(problem)}. ${plain(fix)}`;
}
