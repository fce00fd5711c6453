import { changedResources, countsOf, groupBy, type ResourceChange } from "@fairlead/changes";
import type { Grade, JudgedDanger } from "@fairlead/review";

import { affectedLines, rollbackLines } from "../affected";
import { costChange, usageLines } from "../costs";
import { costsTheSame, costText } from "../money";
import { sharedNotices, type Notice } from "../notices";
import { listed } from "../phrases";
import { failuresIn, isFailed, type ChangeReport, type StackReport } from "../report";
import { allowCommand } from "../allowCommand";
import { allowedLines, heldLines, isHeld } from "../heldLines";
import { requestLines } from "../requests";
import { gradeText } from "../severities";
import { typeText } from "../typeText";
import { countsText, otherAreaLines, placeText, propertyLine, requirementLines, serviceLine } from "../words";
import { verdictOf } from "../verdict";
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

/** A change as a terminal shows it: what several stacks say alike, then of each what hurts, services, the rest, and resources. */
export function renderTerminal(report: ChangeReport, columns = terminalColumns()): string {
  const stacks = report.stacks.filter((stack): stack is StackReport => !isFailed(stack));
  const failed = failuresIn(report.stacks).map((group) => {
    const which = group[0]!.side === "after" ? report.to : report.from;
    const stackNames = listed(group.map(({ stack }) => stack));
    return `${colors.bold(stackNames)}  ${colors.red(`can't be planned (${which})`)}\n${wrappedLines(group[0]!.failure, columns, "  ")}\n`;
  });
  const shared = sharedNotices(stacks).filter(({ stacks: of }) => of.length > 1);
  const told = new Set(shared.map(({ text }) => text));
  const whole = [
    ...(report.notices ?? []).flatMap((notice) => noticeLines(notice, columns)),
    ...shared.flatMap((notice) => noticeLines(notice, columns, "", listed(notice.stacks.map(({ stack }) => stack)))),
  ];
  const { sign, headline, rest } = verdictOf(report);
  const head = [
    colors.bold(`${report.project}: ${report.from} → ${report.to}`),
    wrapped(`${sign} `, `${colors.bold(headline)}. ${rest}`, columns),
    "",
    ...whole,
    ...(whole.length > 0 ? [""] : []),
  ];
  const command = allowCommand(stacks);
  const foot =
    command === undefined ? [] : ["If what is held is meant, allow it and have that reviewed with the change:", indented(command), ""];
  const own = stacks.map((stack) => renderStack({ ...stack, notices: stack.notices.filter(({ text }) => !told.has(text)) }, columns));
  return [...head, ...failed, ...own, ...foot].join("\n");
}

function renderStack(report: StackReport, columns: number): string {
  const counts = countsOf(report.changes.resources);
  const cost = costChange(report);
  const notices = report.notices.flatMap((notice) => noticeLines(notice, columns, "  "));
  // Those of before fail a change as well where they must not be.
  const broken = report.mandatory ? report.policy.findings : report.newFindings;
  const [held, allowed] = [heldLines(report), allowedLines(report)].map((lines) => lines.map((line) => wrappedLines(line, columns, "  ")));
  if (report.grade === "nothing" && broken.length === 0 && costsTheSame(cost))
    return [
      `${colors.bold(report.stack)}  ${colors.dim(notices.length > 0 ? "no other changes" : "no changes")}`,
      ...notices,
      ...allowed!,
      "",
    ].join("\n");
  const told = (isIn: (danger: JudgedDanger) => boolean) => report.dangers.filter(isIn).flatMap((danger) => dangerLines(danger, columns));
  const stops = ({ grade }: JudgedDanger) => grade === "stop";
  const affected = groupBy(report.affected, ({ of }) => of);
  const services = report.services.flatMap((service) => [
    serviceLine(service),
    ...(affected.get(service.service) ?? []).map(({ text }) => `  ${text}`),
  ]);
  const named = new Set(report.services.map(({ service }) => service));
  const alone = [...rollbackLines(report.affected), ...affectedLines(report.affected.filter(({ of }) => !named.has(of)))];
  const others = [...requestLines(report), ...otherAreaLines(report), ...usageLines(report)];
  const resources = changedResources(report.changes.resources);
  const policy = renderPolicy({ ...report.policy, findings: broken, excepted: [] }, report.mandatory, columns - 2).trimEnd();
  return [
    wrapped(`${colors.bold(report.stack)}  `, `${countsText(counts)}  ${colors.dim(costText(cost))}`, columns),
    ...[placeText(report.place), ...requirementLines(report)].map((line) => wrappedLines(colors.dim(line), columns, "  ")),
    `  ${gradeColors[report.grade](gradeText(report))}`,
    ...notices,
    ...held!,
    ...told((danger) => isHeld(danger, report)),
    ...allowed!,
    ...told((danger) => stops(danger) && !isHeld(danger, report)),
    ...told((danger) => !stops(danger)),
    ...[...alone, ...services, ...others].map((line) => wrappedLines(line, columns, "  ")),
    "",
    ...resources.flatMap((change) => resourceLines(change, columns)),
    ...(broken.length > 0 ? ["", indented(policy)] : []),
    "",
  ].join("\n");
}

function dangerLines({ severity, grade, title, forcedBy, text }: JudgedDanger, columns: number): string[] {
  const mark = severity === "unknown" ? colors.yellow("?") : grade === "stop" ? colors.red("‼") : colors.yellow("!");
  return [
    wrapped(`  ${mark} `, `${colors.bold(title)}${forcedBy.length > 0 ? `, forced by ${forcedBy.join(", ")}` : ""}`, columns),
    ...(text ? [wrapped("    ", text, columns)] : []),
  ];
}

const gradeColors: Record<Grade, (text: string) => string> = {
  nothing: colors.dim,
  routine: colors.green,
  look: colors.yellow,
  stop: colors.red,
};

/** @param of the stacks that it is said of, where it doesn't stand below one */
function noticeLines({ refuses, title, text }: Notice, columns: number, indent = "", of = ""): string[] {
  if (!refuses) return [wrapped(`${indent}${colors.yellow("?")} `, of ? `${of}: ${text}` : text, columns)];
  const head = of ? `${of} ${title}` : title;
  return [wrapped(`${indent}${colors.red("!")} `, colors.red(head), columns), wrappedLines(text, columns, `${indent}  `)];
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
