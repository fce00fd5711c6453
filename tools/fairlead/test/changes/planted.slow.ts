import { gravest, type Grade } from "@fairlead/review";

import { plantedSets } from "../../testing/planted/plantedChanges";
import { gradesOf, PlannedChanges } from "../../testing/written/plannedChanges";

const planned = new PlannedChanges();
afterAll(() => planned.remove());
// What the programs warn of is no part of a grade.
beforeAll(() => jest.spyOn(console, "warn").mockImplementation(() => undefined));

/**
 * What of the harmless ones is looked at. Of the first hundred 0.5.0 called 30 of the 50 dangerous ones routine or nothing and stopped 2 of the harmless;
 * the grades, when they were first asked, called 6 so and stopped 8. Of the second, which was written and judged after those were mended, they called 2 so
 * and stopped 2; of the 80 of the third, after those, 1 and 2.
 */
const lookedAt = {
  first: ["h-015", "h-022", "h-025", "h-305", "h-314", "h-325", "h-327"],
  second: ["h-531", "h-547", "h-581", "h-590", "h-595", "h-596"],
  third: ["h-701", "h-704", "h-706", "h-707", "h-712", "h-716", "h-717", "h-720", "h-802", "h-806", "h-810", "h-812", "h-815", "h-819"],
};

describe.each([
  ["first", 50],
  ["second", 50],
  ["third", 40],
] as const)("of the %s set", (which, half) => {
  const changes = plantedSets[which];
  const grades = new Map<string, Grade>();

  beforeAll(async () => {
    for (const change of changes) grades.set(change.id, gravest(await gradesOf(planned, change)));
  });

  const those = (kind: "harmless" | "dangerous", ...told: Grade[]) =>
    changes.filter(({ id, grade }) => grade === kind && told.includes(grades.get(id)!)).map(({ id, title }) => `${id}: ${title}`);

  test("there are as many of each", () => {
    expect(["harmless", "dangerous"].map((kind) => changes.filter(({ grade }) => grade === kind).length)).toEqual([half, half]);
  });

  test("no dangerous one is routine", () => {
    expect(those("dangerous", "nothing", "routine")).toEqual([]);
  });

  test("no harmless one is stopped, and these alone are looked at, as docs/review.md says", () => {
    expect(those("harmless", "stop")).toEqual([]);
    expect(those("harmless", "look").map((text) => text.slice(0, 5))).toEqual(lookedAt[which]);
  });
});
