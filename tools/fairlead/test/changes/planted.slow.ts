import { gravest, type Grade } from "@fairlead/review";

import { gradeOfStack, judged, plantedChanges, PlantedRepository } from "../../testing/planted/plantedChanges";

/**
 * A hundred changes by two people who had read the documents and none of the code that judges. Before anything was mended for them, 0.5.0 called 30 of
 * the 50 dangerous ones routine or nothing and stopped 2 of the harmless; the grades, when they were first asked, called 6 so and stopped 8.
 */
const grades = new Map<string, Grade>();
const base = new PlantedRepository();
afterAll(() => base.remove());
// What the programs warn of is no part of a grade.
beforeAll(() => jest.spyOn(console, "warn").mockImplementation(() => undefined));

beforeAll(async () => {
  for (const change of plantedChanges) grades.set(change.id, gravest((await judged(base, change)).map(gradeOfStack)));
});

const those = (kind: "harmless" | "dangerous", ...told: Grade[]) =>
  plantedChanges.filter(({ id, grade }) => grade === kind && told.includes(grades.get(id)!)).map(({ id, title }) => `${id}: ${title}`);

test("there are fifty of each", () => {
  expect(["harmless", "dangerous"].map((kind) => plantedChanges.filter(({ grade }) => grade === kind).length)).toEqual([50, 50]);
});

test("no dangerous one is routine", () => {
  expect(those("dangerous", "nothing", "routine")).toEqual([]);
});

test("no harmless one is stopped, and these alone are looked at, as docs/review.md says", () => {
  expect(those("harmless", "stop")).toEqual([]);
  expect(those("harmless", "look").map((text) => text.slice(0, 5))).toEqual(["h-001", "h-025", "h-305", "h-314", "h-325", "h-327"]);
});
