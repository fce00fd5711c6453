import type { Evaluation, Finding } from "@fairlead/policy";
import colors from "picocolors";

/** What the rules say of a plan: what is broken, what is excepted and why, and which exceptions are not needed any more. */
export function renderPolicy({ findings, excepted, unused }: Evaluation, mandatory: boolean): string {
  const mark = mandatory ? colors.red("✗") : colors.yellow("!");
  const lines = [
    colors.bold(`Policy (${mandatory ? "mandatory" : "advice"})`),
    ...grouped(findings).map(([text, names, fix]) => `${mark} ${text}: ${names}  ${colors.dim(fix)}`),
    ...grouped(excepted).map(([text, names, , reason]) => `${colors.dim("–")} ${text}: ${names}  ${colors.dim(`excepted: ${reason}`)}`),
    ...unused.map(
      ({ control, resource }) => `${colors.yellow("!")} ${control}: the exception for ${resource} is not needed any more. Remove it.`,
    ),
    `${findings.length} findings, ${excepted.length} excepted.`,
  ];
  return `${lines.join("\n")}\n`;
}

const mostNames = 4;

/** One line for all resources that break one rule in the same way. */
function grouped(findings: Finding[]): [text: string, names: string, fix: string, reason: string][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.control, finding.problem, finding.exception]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => {
    const { control, title, problem, fix, exception = "" } = group[0]!;
    const names = group.map(({ name }) => name);
    const shown =
      names.length > mostNames ? `${names.slice(0, mostNames).join(", ")} and ${names.length - mostNames} more` : names.join(", ");
    return [`${control} ${title}: ${problem}`, shown, fix, exception];
  });
}
