import { changedResources, countsOf, isEmpty, type ResourceChange } from "@fairlead/changes";

import { costChange } from "../costs";
import { costText } from "../money";
import { isFailed, type ChangeReport, type StackReport } from "../report";
import { countsText, dangersOf, otherAreaLines, placeText, propertyLine, requirementLines, serviceLine } from "../words";
import { colors } from "./colors";
import { renderPolicy } from "./policy";
import { terminalColumns } from "./wrapped";

const marks = {
  create: colors.green("+"),
  update: colors.yellow("~"),
  replace: colors.red("±"),
  delete: colors.red("-"),
  same: " ",
};

/** A change as a terminal shows it: what hurts, services, the rest, then resources. */
export function renderTerminal(report: ChangeReport): string {
  const blocks = report.stacks.map((stack) => {
    if (isFailed(stack)) {
      const which = stack.side === "after" ? report.to : report.from;
      return `${colors.bold(stack.stack)}  ${colors.red(`can't be planned (${which})`)}\n${indented(stack.failure)}\n`;
    }
    return renderStack(stack);
  });
  return [colors.bold(`${report.project}: ${report.from} → ${report.to}`), "", ...blocks].join("\n");
}

function renderStack(report: StackReport): string {
  const counts = countsOf(report.changes.resources);
  if (isEmpty(counts) && report.newFindings.length === 0) return `${colors.bold(report.stack)}  ${colors.dim("no changes")}\n`;
  const dangers = dangersOf(report).flatMap(({ severity, title, forcedBy, text }) => [
    `${severity === "unknown" ? colors.yellow("?") : colors.red("!")} ${colors.bold(title)}${forcedBy.length > 0 ? `, forced by ${forcedBy.join(", ")}` : ""}`,
    ...(text ? [`  ${text}`] : []),
  ]);
  const services = report.services.map(serviceLine);
  const others = otherAreaLines(report);
  const resources = changedResources(report.changes.resources);
  const policy = renderPolicy(
    { ...report.policy, findings: report.newFindings, excepted: [] },
    report.mandatory,
    terminalColumns() - 2,
  ).trimEnd();
  return [
    `${colors.bold(report.stack)}  ${countsText(counts)}  ${colors.dim(costText(costChange(report)))}`,
    `  ${colors.dim(placeText(report.place))}`,
    ...requirementLines(report).map((line) => `  ${colors.dim(line)}`),
    ...[...dangers, ...services, ...others].map((line) => `  ${line}`),
    "",
    ...resources.flatMap(resourceLines).map((line) => `  ${line}`),
    ...(report.newFindings.length > 0 ? ["", indented(policy)] : []),
    "",
  ].join("\n");
}

function resourceLines(change: ResourceChange): string[] {
  return [
    `${marks[change.operation]} ${change.name} ${colors.dim(change.type)}`,
    ...change.properties.map((property) => `    ${propertyLine(property, colors.red)}`),
  ];
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
