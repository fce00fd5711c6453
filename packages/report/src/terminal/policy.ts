import { firstFew } from "@fairlead/model";
import type { Evaluation, Finding } from "@fairlead/policy";

import { counted } from "../phrases";
import { colors } from "./colors";
import { terminalColumns, wrapped } from "./wrapped";

const mostNames = 4;

/** What the rules say of a plan: what is broken, what is excepted and why, and which exceptions are not needed any more. */
export function renderPolicy({ findings, excepted, unused }: Evaluation, mandatory: boolean, columns = terminalColumns()): string {
  const mark = mandatory ? colors.red("✗") : colors.yellow("!");
  const width = Math.max(0, ...[...findings, ...excepted].map(({ control }) => control.length));
  const line = (sign: string, group: Finding[], end: string) => {
    const { control, problem } = group[0]!;
    const names = firstFew(
      group.map(({ name }) => name),
      mostNames,
    );
    return wrapped(`${sign} ${control.padEnd(width)}  `, `${names}: ${problem}  ${colors.dim(end)}`, columns);
  };
  const lines = [
    colors.bold(`Policy (${mandatory ? "mandatory" : "advice"})`),
    ...grouped(findings).map((group) => line(mark, group, group[0]!.fix)),
    ...grouped(excepted).map((group) => line(colors.dim("–"), group, `excepted: ${group[0]!.exception}`)),
    ...unused.map(({ control, resource }) =>
      wrapped(`${colors.yellow("!")} `, `${control}: the exception for ${resource} is not needed any more. Remove it.`, columns),
    ),
    `${counted(findings.length, "finding")}, ${excepted.length} excepted.`,
  ];
  return `${lines.join("\n")}\n`;
}

/** One group for all resources that break one rule in the same way. */
function grouped(findings: Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.control, finding.problem, finding.exception]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}
