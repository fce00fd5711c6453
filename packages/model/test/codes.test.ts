import { coded } from "../src";
import { areas } from "../src/codes/areas";
import { codes } from "../src/codes/table";

test("no code stands twice, and they come in the order of their numbers", () => {
  const all = areas.flatMap((area) => Object.keys(area.codes)).sort();
  expect(new Set(all).size).toBe(all.length);
  expect(Object.keys(codes)).toEqual(all);
});

test("each code has a title of its own, and says something", () => {
  const explanations = Object.values(codes);
  expect(new Set(explanations.map(({ title }) => title)).size).toBe(explanations.length);
  for (const { title, meaning, fix } of explanations) {
    expect(Math.min(title.length, meaning.length, fix.length)).toBeGreaterThan(3);
    for (const text of [meaning, fix]) expect(text).toMatch(/[.)?]$/);
  }
});

test("a text with a code begins with it, and one of no table does not compile", () => {
  expect(coded("FL2006", "this clone is too shallow")).toBe("FL2006 this clone is too shallow");
  // @ts-expect-error FL2099 is in no table
  coded("FL2099", "…");
});
