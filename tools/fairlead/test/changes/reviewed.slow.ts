import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { grades, type Grade } from "@fairlead/review";

import { reviewedChanges } from "../../testing/reviewed/reviewedChanges";
import { reviewedRow, reviewPage, type ReviewedRow } from "../../testing/reviewed/reviewTable";
import { PlannedChanges, reportOfPlanned } from "../../testing/written/plannedChanges";

/** Grades that are not the authors', `theirs → ours`, and why. */
const others: Record<string, [grades: string, why: string]> = {
  "m-016-placement-nowhere": [
    "look → stop",
    "No instance that its capacity providers start fits the constraint: none of its tasks is placed again.",
  ],
  "m-020-more-beside": [
    "routine → look",
    "Its health check asks sooner than before, and tasks that answer slowly are ended: somebody has to know that they don't.",
  ],
  "m-026-container-routine": [
    "routine → look",
    "Permissions of its role go with the shells into its tasks, which whoever uses them notices.",
  ],
  "m-049-name-and-people": ["routine → look", "The output url says another address, which other stacks and scripts read."],
  "c-015-firewall-off": [
    "look → stop",
    "Everybody reaches the load balancer without the firewall: a boundary that opens, by docs/review.md.",
  ],
  "c-024-certificate-reordered": [
    "nothing → routine",
    "The certificate stays, and the records of its validation are numbered by the list, so that two are exchanged.",
  ],
  "c-055-no-alarms": ["look → stop", "A topic that goes takes the subscriptions of others along, whatever it is for."],
};

const page = resolve(__dirname, "../../../../docs/review-changes.md");
const rows: ReviewedRow[] = [];
const planned = new PlannedChanges();
afterAll(() => planned.remove());
// What the programs warn of is no part of a grade.
beforeAll(() => jest.spyOn(console, "warn").mockImplementation(() => undefined));

beforeAll(async () => {
  for (const change of reviewedChanges) rows.push(reviewedRow(change, await planned.each(change, reportOfPlanned)));
});

const step = (grade: Grade) => grades.indexOf(grade);
const shown = ({ change, grade }: ReviewedRow) => `${change.id}: ${change.grade} → ${grade}`;

test("there are sixty of manifests' keys and sixty of compositions and the configuration", () => {
  expect(["m", "c"].map((kind) => reviewedChanges.filter(({ id }) => id.startsWith(`${kind}-`)).length)).toEqual([60, 60]);
});

test("no grade is wrong by more than a step", () => {
  expect(rows.filter(({ change, grade }) => Math.abs(step(grade) - step(change.grade)) > 1).map(shown)).toEqual([]);
});

test("these alone are not graded as their authors did", () => {
  const found = rows.filter(({ change, grade }) => grade !== change.grade).map(shown);
  expect(found).toEqual(Object.entries(others).map(([id, [told]]) => `${id}: ${told}`));
});

test("docs/review-changes.md has the table that this run makes", () => {
  const text = reviewPage(rows);
  if (process.env.UPDATE_REVIEW === "1") writeFileSync(page, text);
  expect(readFileSync(page, "utf8")).toBe(text);
});
