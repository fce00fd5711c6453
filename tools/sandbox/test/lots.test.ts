import { lotsOf, parts } from "../src/lots";

const shown = (lots: ReturnType<typeof lotsOf>) => Object.fromEntries(lots.map((lot) => [lot.name, lot.parts]));

test("each part is in one lot", () => {
  expect(
    lotsOf(parts, false)
      .flatMap((lot) => lot.parts)
      .sort(),
  ).toEqual([...parts].sort());
});

test("what was not asked for does not run, and its process is not started", () => {
  expect(shown(lotsOf(["smoke", "images"], false))).toEqual({ images: ["images"], stacks: ["smoke"] });
});

test("before an endpoint of somebody's, which is one account, all that needs it runs in turn", () => {
  expect(shown(lotsOf(parts, true))).toEqual({
    images: ["images", "run"],
    local: ["local"],
    reviewed: ["reviewed"],
    stacks: ["adoption", "incidents", "rollouts", "life", "imports", "formats", "stacks", "smoke"],
  });
  expect(shown(lotsOf(["images"], true))).toEqual({ images: ["images"] });
});
