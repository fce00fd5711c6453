import { inTurnAt, partsInTurn } from "../src/commitsTurn";
import { parts } from "../src/lots";

const all = Array.from({ length: 34 }, (_, index) => index);

test.each([0, 1, 2, 1347])("three commits in a row from %i run all parts, and some of them each time", (first) => {
  const runs = [first, first + 1, first + 2].map((number) => partsInTurn(parts, number));
  expect(parts.filter((part) => !runs.flat().includes(part))).toEqual([]);
  const always = parts.filter((part) => runs.every((run) => run.includes(part)));
  expect(always).toEqual(["images", "run", "reviewed", "formats", "stacks", "smoke"]);
  expect(runs.map(({ length }) => length - always.length).sort()).toEqual([2, 2, 2]);
});

test.each([0, 1, 2, 1347])("in nine commits in a row from %i a part runs all of a long list of its own, and each third once", (first) => {
  const numbers = Array.from({ length: 9 }, (_, index) => first + index);
  const turns = numbers.filter((number) => partsInTurn(["life"], number).length > 0).map((number) => inTurnAt(all, number));
  expect(turns.flat().sort((a, b) => a - b)).toEqual(all);
  expect(turns.map(({ length }) => length).sort()).toEqual([11, 11, 12]);
});
