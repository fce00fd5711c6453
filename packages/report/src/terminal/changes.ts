import { changedResources, countsOf, type ResourceChange } from "@fairlead/changes";
import type { Grade } from "@fairlead/review";

import { costChange, usageLines } from "../costs";
import { costsTheSame, costText } from "../money";
import type { Notice } from "../notices";
import { isFailed, type ChangeReport, type StackReport } from "../report";
import { requestLines } from "../requests";
import { gradeText } from "../severities";
import { typeText } from "../typeText";
import { countsText, otherAreaLines, placeText, propertyLine, requirementLines, serviceLine } from "../words";
import { colors } from "./colors";
import { renderPolicy } from "./policy";
import { terminalColumns, wrapped, wrappedLines } from "./wrapped";

const marks = {
  create: colors.green("+"),
  update: colors.yellow("~"),
  replace: colors.red("±"),
  delete: colors.red("-"),
  same: " ",
};

/** A change as a terminal shows it: what hurts, services, the rest, then resources. */
export function renderTerminal(report: ChangeReport, columns = terminalColumns()): string {
  const blocks = report.stacks.map((stack) => {
    if (isFailed(stack)) {
      const which = stack.side === "after" ? report.to : report.from;
      return `${colors.bold(stack.stack)}  ${colors.red(`can't be planned (${which})`)}\n${wrappedLines(stack.failure, columns, "  ")}\n`;
    }
    return renderStack(stack, columns);
  });
  const whole = (report.notices ?? []).flatMap((notice) => noticeLines(notice, columns));
  return [colors.bold(`${report.project}: ${report.from} → ${report.to}`), "", ...whole, ...(whole.length > 0 ? [""] : []), ...blocks].join(
    "\n",
  );
}

function renderStack(report: StackReport, columns: number): string {
  const counts = countsOf(report.changes.resources);
  const cost = costChange(report);
  const notices = report.notices.flatMap((notice) => noticeLines(notice, columns, "  "));
  if (report.grade === "nothing" && report.newFindings.length === 0 && costsTheSame(cost))
    return [`${colors.bold(report.stack)}  ${colors.dim(notices.length > 0 ? "no other changes" : "no changes")}`, ...notices, ""].join(
      "\n",
    );
  const dangers = report.dangers.flatMap(({ severity, title, forcedBy, text }) => [
    wrapped(
      `  ${severity === "unknown" ? colors.yellow("?") : colors.red("!")} `,
      `${colors.bold(title)}${forcedBy.length > 0 ? `, forced by ${forcedBy.join(", ")}` : ""}`,
      columns,
    ),
    ...(text ? [wrapped("    ", text, columns)] : []),
  ]);
  const services = report.services.map(serviceLine);
  const others = [...requestLines(report), ...otherAreaLines(report), ...usageLines(report)];
  const resources = changedResources(report.changes.resources);
  const policy = renderPolicy({ ...report.policy, findings: report.newFindings, excepted: [] }, report.mandatory, columns - 2).trimEnd();
  return [
    wrapped(`${colors.bold(report.stack)}  `, `${countsText(counts)}  ${colors.dim(costText(cost))}`, columns),
    ...[placeText(report.place), ...requirementLines(report)].map((line) => wrappedLines(colors.dim(line), columns, "  ")),
    `  ${gradeColors[report.grade](gradeText(report))}`,
    ...notices,
    ...dangers,
    ...[...services, ...others].map((line) => wrappedLines(line, columns, "  ")),
    "",
    ...resources.flatMap((change) => resourceLines(change, columns)),
    ...(report.newFindings.length > 0 ? ["", indented(policy)] : []),
    "",
  ].join("\n");
}

const gradeColors: Record<Grade, (text: string) => string> = {
  nothing: colors.dim,
  routine: colors.green,
  look: colors.yellow,
  stop: colors.red,
};

function noticeLines({ refuses, title, text }: Notice, columns: number, indent = ""): string[] {
  if (!refuses) return [wrapped(`${indent}${colors.yellow("?")} `, text, columns)];
  return [wrapped(`${indent}${colors.red("!")} `, colors.red(title), columns), wrappedLines(text, columns, `${indent}  `)];
}

function resourceLines(change: ResourceChange, columns: number): string[] {
  return [
    wrapped(`  ${marks[change.operation]} `, `${change.name} ${colors.dim(typeText(change))}`, columns),
    ...change.properties.map((property) => wrappedLines(propertyLine(property, colors.red), columns, "      ")),
  ];
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
