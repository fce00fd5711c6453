import { bySeverity, countsOf, type Counts } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";
import type { JudgedDanger } from "@fairlead/review";

import { affectedLines, affectedNames, rollbackLines } from "../affected";
import { costByArea, costChange, leftOut, usageLines, type CostChange } from "../costs";
import { costsTheSame, deltaText, totalText, unknownParts } from "../money";
import { sharedNotices } from "../notices";
import { counted } from "../phrases";
import { failuresIn, isFailed, type ChangeReport, type StackReport } from "../report";
import { allowCommand } from "../allowCommand";
import { allowedLines, heldLines, isHeld } from "../heldLines";
import { requestLines } from "../requests";
import { otherAreaLines, requirementLines, serviceLine } from "../words";
import { block, folded, names, plain, table } from "./markdown";
import { touchedDiagram } from "./mermaid";
import { policySection } from "./policySection";
import { resourceSection } from "./resourceSection";
import { severities } from "../severities";
import { verdict } from "./verdict";

/** By this a later run finds the comment that it replaces. */
export const marker = "<!-- fairlead:preview -->";

/** GitHub refuses a longer comment. */
export const commentLimit = 65_536;

/** How much a comment tells; what matters least goes first. */
interface Detail {
  properties: boolean;
  resources: boolean;
  diagram: boolean;
  cost: boolean;
  policies: boolean;
  lines: number;
}

const everything: Detail = { properties: true, resources: true, diagram: true, cost: true, policies: true, lines: Infinity };
const details: Detail[] = [
  everything,
  { ...everything, properties: false },
  { ...everything, properties: false, resources: false },
  { ...everything, properties: false, resources: false, cost: false },
  { ...everything, properties: false, resources: false, cost: false, diagram: false },
  ...[200, 100, 50, 20, 5, 0].map((lines) => ({
    properties: false,
    resources: false,
    diagram: false,
    cost: false,
    policies: false,
    lines,
  })),
];

/** A change as a comment on a pull request, in GitHub's Markdown, within GitHub's limit. */
export function renderComment(report: ChangeReport, limit = commentLimit): string {
  for (const detail of details) {
    const text = renderWith(report, detail);
    if (text.length <= limit) return text;
  }
  return `${marker}\n${verdict(report)}\n\nThe change is too large for a comment. The HTML report has all of it.\n`.slice(0, limit);
}

function renderWith(report: ChangeReport, detail: Detail): string {
  const stacks = report.stacks.filter((stack): stack is StackReport => !isFailed(stack));
  const changed = stacks.filter((stack) => stack.grade !== "nothing" || stack.newFindings.length > 0);
  const parts = [
    marker,
    verdict(report),
    ...failures(report, detail),
    ...noticeLines(report, stacks, detail),
    ...summary(report, stacks),
    ...dangerSection("Held, until it is allowed", changed, detail, isHeld),
    ...heldSection(stacks, detail),
    ...dangerSection("Allowed", changed, detail, (danger, stack) => danger.grade === "stop" && !isHeld(danger, stack)),
    ...allowedSection(stacks, detail),
    ...dangerSection("To be looked at", changed, detail, ({ grade }) => grade !== "stop"),
    ...sharedLines(changed, ({ affected }) => rollbackLines(affected), detail),
    ...sharedLines(changed, (stack) => stack.services.map(serviceLine), detail),
    ...affectedSection(changed, detail),
    ...sharedLines(changed, requestLines, detail),
    ...sharedLines(changed, otherAreaLines, detail),
    ...sharedLines(changed, usageLines, detail),
    ...sharedLines(changed, requirementLines, detail),
    ...policySection(stacks, detail.policies),
    ...(detail.diagram ? diagrams(changed) : []),
    ...(detail.cost ? costSection(changed) : []),
    ...(detail.resources ? changed.map((stack) => resourceSection(stack, detail.properties)) : []),
    footer(report, detail),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Why stacks can't be planned; what several say alike, once. */
function failures({ stacks }: ChangeReport, { lines }: Detail): string[] {
  return failuresIn(stacks).map((group) => {
    const { side, failure } = group[0]!;
    const which = side === "after" ? "with this change" : "without this change";
    return `**${names(group)} can't be planned ${which}:**\n\n${block(cut(failure, lines))}`;
  });
}

/** What refuses the change in full, and a line for what warns of it. */
function noticeLines({ notices: whole = [] }: ChangeReport, stacks: StackReport[], { lines }: Detail): string[] {
  const own = sharedNotices(stacks).filter(({ refuses }) => refuses);
  const blocks = [
    ...whole.map(({ title, text }) => `**${plain(title)}:**\n\n${block(cut(text, lines))}`),
    ...own.map(({ title, text, stacks: of }) => `**${names(of)} ${plain(title)}:**\n\n${block(cut(text, lines))}`),
  ];
  const hints = grouped(stacks, ({ notices }) => notices.filter(({ refuses }) => !refuses).map(({ text }) => `⚠️ ${plain(text)}`));
  return [...blocks, ...listOf(hints, lines)];
}

/** A row for each stack of which there is something to tell; the others in one line. */
function summary({ stacks: all }: ChangeReport, stacks: StackReport[]): string[] {
  const same = stacks.filter(
    (stack) => stack.grade === "nothing" && stack.newFindings.length === 0 && stack.notices.length === 0 && costsTheSame(costChange(stack)),
  );
  // Of nothing but these the verdict says it.
  if (same.length === all.length) return [];
  const told = stacks.filter((stack) => !same.includes(stack));
  return [
    ...(told.length > 0 ? [summaryTable(told)] : []),
    ...(same.length > 0 ? [`${names(same)} ${same.length === 1 ? "stays as it is" : "stay as they are"}.`] : []),
  ];
}

function summaryTable(stacks: StackReport[]): string {
  const keys: (keyof Counts)[] = ["create", "update", "replace", "delete"];
  const rows = stacks.map((stack) => {
    const counts = countsOf(stack.changes.resources);
    const cost = costChange(stack);
    return [plain(stack.stack), ...keys.map((key) => (counts[key] > 0 ? `**${counts[key]}**` : "·")), deltaText(cost), totalWith(cost)];
  });
  return table(["environment", ...keys, "change of the cost a month", "cost a month then"], rows);
}

/** Dangers under one heading, the gravest first. */
function dangerSection(
  heading: string,
  stacks: StackReport[],
  { lines }: Detail,
  isIn: (danger: JudgedDanger, stack: StackReport) => boolean,
): string[] {
  const ofStacks = stacks.map((stack) => ({ ...stack, dangers: stack.dangers.filter((danger) => isIn(danger, stack)) }));
  return listOf(groupedDangers(ofStacks), lines).map((found) => `**${heading}**\n\n${found}`);
}

function groupedDangers(stacks: StackReport[]): string[] {
  const line = ({ severity, title, forcedBy, text }: JudgedDanger) => {
    const why = forcedBy.length > 0 ? `, forced by ${forcedBy.join(", ")}` : "";
    return `${severities[severity].sign} **${plain(title)}**${plain(why)}.${text ? ` ${plain(text)}` : ""}`;
  };
  const severityOf = new Map(stacks.flatMap(({ dangers }) => dangers.map((danger) => [line(danger), danger] as const)));
  const told = groupedByStack(stacks, ({ dangers }) => dangers.map(line));
  return [...told].sort(([a], [b]) => bySeverity(severityOf.get(a)!, severityOf.get(b)!)).map(withStacks);
}

/** What is held, with the one command that would allow it. */
function heldSection(stacks: StackReport[], { lines: most }: Detail): string[] {
  const lines = grouped(stacks, heldLines);
  const command = allowCommand(stacks);
  if (command === undefined) return listOf(lines, most);
  const shown = command.split("\n").length > most + 1 ? shortCommand : command;
  return [`${lines.join("\n")}\n\nIf it is meant, allow it and have that reviewed with the change:\n\n${block(shown, "sh")}`];
}

/** Where all that is held is too much to be named: what the last `diff` held is allowed where it names none. */
const shortCommand = "npx fairlead diff\nnpx fairlead allow --reason 'why it may' --until <day>";

function allowedSection(stacks: StackReport[], { lines }: Detail): string[] {
  return listOf(
    grouped(stacks, (stack) => allowedLines(stack).map(plain)),
    lines,
  );
}

function sharedLines(stacks: StackReport[], linesOf: (stack: StackReport) => string[], { lines }: Detail): string[] {
  const named = (line: string) => {
    const end = line.indexOf(": ");
    return `**${plain(line.slice(0, end))}**: ${plain(line.slice(end + 2))}`;
  };
  return listOf(
    grouped(stacks, (stack) => linesOf(stack).map(named)),
    lines,
  );
}

/** Who meets what, for who looks closer. */
function affectedSection(stacks: StackReport[], detail: Detail): string[] {
  const names = affectedNames(stacks.flatMap(({ affected }) => affected)).map(plain);
  return sharedLines(stacks, ({ affected }) => affectedLines(affected), detail).map((lines) =>
    folded(`who is affected: ${firstFew(names, 5)}`, lines),
  );
}

/** What is the same in several environments is said once. */
function grouped(stacks: StackReport[], linesOf: (stack: StackReport) => string[]): string[] {
  return [...groupedByStack(stacks, linesOf)].map(withStacks);
}

function groupedByStack(stacks: StackReport[], linesOf: (stack: StackReport) => string[]): Map<string, string[]> {
  const stacksOf = new Map<string, string[]>();
  for (const stack of stacks) for (const line of linesOf(stack)) stacksOf.set(line, [...(stacksOf.get(line) ?? []), stack.stack]);
  return stacksOf;
}

function withStacks([line, names]: [string, string[]]): string {
  return `- ${line} – ${names.map((name) => `_${plain(name)}_`).join(", ")}`;
}

function listOf(lines: string[], most: number): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > most ? [`- … and ${lines.length - most} more`] : [];
  return [[...lines.slice(0, most), ...more].join("\n")];
}

function diagrams(stacks: StackReport[]): string[] {
  const stacksOf = new Map<string, string[]>();
  for (const { stack, changes } of stacks) {
    const diagram = touchedDiagram(changes);
    if (diagram) stacksOf.set(diagram, [...(stacksOf.get(diagram) ?? []), stack]);
  }
  return [...stacksOf].map(([diagram, names], index) => {
    const summary = `what is touched: ${names.map(plain).join(", ")}`;
    return folded(summary, diagram, index === 0);
  });
}

function costSection(stacks: StackReport[]): string[] {
  const rows = stacks.flatMap((stack) =>
    [...costByArea(stack)]
      .filter(([, cost]) => !costsTheSame(cost))
      .map(([name, cost]) => [plain(`${stack.stack}: ${name}`), deltaText(cost), totalWith(cost)]),
  );
  if (rows.length === 0) return [];
  const assumptions = stacks.flatMap(({ cost: { before, after } }) => [
    ...(before.region !== after.region && before.items.length > 0 ? [`Before: ${before.assumptions[0]}`] : []),
    ...after.assumptions,
  ]);
  const inNoSumOf = stacks.flatMap(({ stack, cost: { after } }) => {
    const parts = leftOut(after);
    const more = parts.length > mostLeftOut ? ` … and ${parts.length - mostLeftOut} more` : "";
    return parts.length > 0 ? [`In no sum of ${stack}: ${parts.slice(0, mostLeftOut).join("; ")}${more}.`] : [];
  });
  const notes = [...new Set([...assumptions, ...inNoSumOf])].map(plain);
  const body = [table(["", "change", "then"], rows), notes.map((note) => `- ${note}`).join("\n")].join("\n\n");
  return [folded("cost a month, where it changes", body)];
}

/** How many kinds of what is in no sum are named. */
const mostLeftOut = 8;

/** A sum, and how much it leaves out. */
function totalWith(cost: CostChange): string {
  return cost.unknown > 0 && cost.after > 0 ? `${totalText(cost)}, ${unknownParts(cost.unknown)}` : totalText(cost);
}

function footer({ from, to, stacks }: ChangeReport, detail: Detail): string {
  const source = stacks.some((stack) => !isFailed(stack) && stack.changes.source === "engine")
    ? "From the engine's own preview, with the stack's state."
    : "From the program alone, without credentials: what somebody changed by hand is not seen here.";
  const left = detail === everything ? "" : " Details were left out to keep within GitHub's limit; the HTML report has them.";
  return `<sub>${plain(from)} → ${plain(to)}. ${source}${left}</sub>`;
}

function cut(text: string, lines: number): string {
  const all = text.split("\n");
  const most = Math.min(lines, 60);
  return all.length > most ? [...all.slice(0, most), `… and ${counted(all.length - most, "line")} more`].join("\n") : text;
}
