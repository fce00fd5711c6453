import { countsOf } from "@fairlead/changes";
import type { StackReport } from "@fairlead/report";
import { grades, type Grade } from "@fairlead/review";

import { withStableRevisions } from "../stableRevisions";
import type { ReviewedChange } from "./reviewedChanges";

/** One change with what the verdict said of it. */
export interface ReviewedRow {
  change: ReviewedChange;
  grade: Grade;
  /** What it says first. */
  sentence: string;
}

/** The row of a change: of its stacks, what the gravest verdict says. */
export function reviewedRow(change: ReviewedChange, reports: readonly StackReport[]): ReviewedRow {
  const [gravest] = [...reports].sort((one, other) => grades.indexOf(other.grade) - grades.indexOf(one.grade));
  return { change, grade: gravest!.grade, sentence: withStableRevisions(firstSentence(gravest!)) };
}

function firstSentence({ grade, dangers, services, changes }: StackReport): string {
  if (grade === "nothing") return "";
  const [worst] = dangers;
  if (worst) {
    const forced = worst.forcedBy.length > 0 ? `, forced by ${worst.forcedBy.join(", ")}` : "";
    const [sentence] = worst.text.split(/(?<=[.!?]) (?=[A-Z])/);
    return `${worst.title}${forced}${sentence ? `: ${sentence}` : ""}`;
  }
  const [service] = services;
  if (service) return `${service.service}: ${service.lines[0] ?? service.operation}`;
  const counts = countsOf(changes.resources);
  return (["create", "update", "replace", "delete"] as const)
    .flatMap((operation) => (counts[operation] > 0 ? [`${operation} ${counts[operation]}`] : []))
    .join(", ");
}

/** docs/review-changes.md: a row for each change. */
export function reviewPage(rows: readonly ReviewedRow[]): string {
  return [
    "# A hundred and twenty changes",
    "",
    "Each key of a manifest, each argument of a composition, each value of the configuration, and what is changed together. Their authors wrote the changes and what becomes of them by the documents",
    "of AWS and of the provider, and had not seen what judges them (`tools/fairlead/testing/reviewed`, with their sources). [review.md](review.md) has the grades. `UPDATE_REVIEW=1 npx jest --config",
    "jest.slow.config.js reviewed` writes this page; the grade in brackets is the authors', where it is another one.",
    "",
    "| change | of | grade | what the verdict says first |",
    "| ------ | -- | ----- | --------------------------- |",
    ...rows.map(rowText),
    "",
  ].join("\n");
}

function rowText({ change, grade, sentence }: ReviewedRow): string {
  const told = grade === change.grade ? grade : `${grade} (${change.grade})`;
  return `| ${plain(change.title)} | \`${cell(change.key)}\` | ${told} | ${plain(sentence)} |`;
}

const cell = (text: string) => text.replace(/\s+/g, " ").replaceAll("|", "\\|");
const plain = (text: string) => cell(text).replaceAll("<", "&lt;").replaceAll("*", "\\*");
