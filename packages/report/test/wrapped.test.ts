import { renderPolicy } from "../src";
import { terminalColumns, wrapped, wrappedLines } from "../src/terminal/wrapped";

test("a text goes on below itself, whole words, colours apart", () => {
  expect(wrapped("! ECS.5  ", "one two three four five six seven", 30)).toBe(
    ["! ECS.5  one two three four", "         five six seven"].join("\n"),
  );
  expect(wrapped("- ", "\u001b[2mfour five\u001b[22m six seven eight", 22)).toBe("- \u001b[2mfour five\u001b[22m six seven\n  eight");
});

test.each([
  ["no terminal", Infinity],
  ["a terminal with no room for a text", 12],
])("%s leaves it whole", (_, columns) => {
  expect(wrapped("! ECS.5  ", "one two three four five", columns)).toBe("! ECS.5  one two three four five");
});

test("what stands for one value is one word", () => {
  expect(wrapped("", "api <api repositoryUrl>@<api digest> here", 30)).toBe("api\n<api repositoryUrl>@<api digest>\nhere");
});

test("a word that is longer than the line stands alone", () => {
  expect(wrapped("", `a ${"b".repeat(30)} c`, 20)).toBe(`a\n${"b".repeat(30)}\nc`);
});

test("what the rules say fits the terminal, and without one a finding is a line", () => {
  const finding = {
    control: "ECS.5",
    name: "api",
    urn: "urn:api",
    problem: "the root file system can be written, and whatever breaks into the program may leave something behind in it",
    fix: "Set readonlyRootFilesystem to true, and name what the program writes to under writableMounts.",
  };
  const evaluation = { findings: [finding], excepted: [], unused: [{ control: "ECS.5", resource: "api", reason: "" }] } as never;
  expect(renderPolicy(evaluation, true).split("\n")[1]).toContain("under writableMounts.");
  const lines = renderPolicy(evaluation, true, 60).trimEnd().split("\n");
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(60);
  expect(lines[2]).toMatch(/^ {9}\S/);
});

test("lines that are laid out already go on farther in; a quoted line of a file stays whole, with the mark below it", () => {
  const quoted = `  6 | memoryMib: ${"5".repeat(40)}\n    | ^`;
  expect(wrappedLines(`a problem\n${quoted}\n  fix: one two three four five six seven`, 30, "  ")).toBe(
    ["  a problem", ...quoted.split("\n").map((line) => `  ${line}`), "    fix: one two three four", "      five six seven"].join("\n"),
  );
});

test.each([
  ["a terminal", true, 132, 132],
  ["one that does not say how wide it is", true, 0, 80],
  ["no terminal", false, undefined, Infinity],
])("%s", (_, isTTY, columns, expected) => {
  const { stdout } = process;
  const before = { isTTY: stdout.isTTY, columns: stdout.columns };
  Object.assign(stdout, { isTTY, columns });
  expect(terminalColumns()).toBe(expected);
  Object.assign(stdout, before);
});
