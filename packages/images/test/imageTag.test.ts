import { imageTag } from "../src";

test("build arguments and targets, which no commit holds, are part of the tag", () => {
  const tag = (parameters: object) => imageTag({ version: "1.0.0", revision: "abc", ...parameters });
  expect(tag({ buildArgs: {} })).toBe("1.0.0-abc");
  expect(tag({ buildArgs: { A: "1" } })).toMatch(/^1\.0\.0-abc-[0-9a-f]{8}$/);
  expect(tag({ buildArgs: { A: "1", B: "2" } })).toBe(tag({ buildArgs: { B: "2", A: "1" } }));
  expect(new Set([tag({ target: "a" }), tag({ target: "b" }), tag({ buildArgs: { A: "1" } })]).size).toBe(3);
});
