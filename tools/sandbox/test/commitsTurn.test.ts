import { inTurnAt } from "../src/commitsTurn";

const all = Array.from({ length: 34 }, (_, index) => index);

test.each([0, 1, 2, 1347])("three commits in a row from %i run all of a list, and each a third", (first) => {
  const thirds = [first, first + 1, first + 2].map((number) => inTurnAt(all, number));
  expect(thirds.flat().sort((a, b) => a - b)).toEqual(all);
  expect(thirds.map(({ length }) => length).sort()).toEqual([11, 11, 12]);
});
