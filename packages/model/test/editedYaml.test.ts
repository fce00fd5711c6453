import { parse } from "yaml";

import { editedYaml } from "../src/files";

type Path = (string | number)[];
const after = (text: string, path: Path, value?: unknown) => {
  const edited = editedYaml(text, [{ path, value }]);
  return "text" in edited ? edited.text : `${edited.line}:${edited.column} ${edited.problem}`;
};

/** As nobody's formatter would leave it. */
const unusual = [
  "\uFEFF# Of the shop.",
  "name:   'api'",
  "",
  "",
  "memoryMiB:  512   # enough",
  "mode: 0777",
  "folded: >-",
  "    one",
  "    two",
  "",
  "lists:",
  "- a   # first",
  "- path:   /x",
  "  size: 1",
  'tmpfs: [/tmp,"/run"]',
  "environments:",
  "    prod: {cpu: 512,memoryMiB: 1024 }",
  "    dev:",
  "        cpu: 256",
  "",
].join("\r\n");

test.each<[what: string, path: Path, value: unknown, from: string, to: string]>([
  ["a number, beside a comment", ["memoryMiB"], 1024, "512", "1024"],
  ["a text, in its quotes", ["name"], "it's", "'api'", "'it''s'"],
  ["in braces", ["environments", "prod", "memoryMiB"], 2048, "1024", "2048"],
  ["a further key in braces", ["environments", "prod", "desiredCount"], 2, "1024 }", "1024, desiredCount: 2 }"],
  ["a key out of braces", ["environments", "prod", "cpu"], undefined, "{cpu: 512,memoryMiB", "{memoryMiB"],
  ["the last key out of braces", ["environments", "prod", "memoryMiB"], undefined, ",memoryMiB: 1024 ", " "],
  ["a further item in brackets", ["tmpfs"], ["/tmp", "/run", "/a,b"], '"/run"]', '"/run", "/a,b"]'],
  ["an item out of brackets", ["tmpfs"], ["/run"], '/tmp,"', '"'],
  ["a further item of a list", ["lists"], ["a", { path: "/x", size: 1 }, { path: "/y" }], "  size: 1\r\n", "  size: 1\r\n- path: /y\r\n"],
  ["a first item of a list", ["lists", 0], undefined, "- a   # first\r\n", ""],
  ["in a map of a list", ["lists", 1, "size"], 2, "size: 1", "size: 2"],
  ["the first key of a map of a list", ["lists", 1, "path"], undefined, "path:   /x\r\n  ", ""],
  ["a folded text", ["folded"], "three", ">-\r\n    one\r\n    two", "three"],
  ["a map where a value was", ["memoryMiB"], { a: [1] }, "  512   # enough", "   # enough\r\n    a:\r\n      - 1"],
  ["a list in brackets by a value", ["tmpfs"], false, '[/tmp,"/run"]', "false"],
  ["a list in lines by a value", ["lists"], 1, "\r\n- a   # first\r\n- path:   /x\r\n  size: 1", " 1"],
  ["a key that is not there", ["environments", "dev", "user"], "1000:1000", "256\r\n", "256\r\n        user: 1000:1000\r\n"],
  ["maps that are not there", ["health", "path"], "/z", "256\r\n", "256\r\nhealth:\r\n    path: /z\r\n"],
  ["a line", ["mode"], undefined, "mode: 0777\r\n", ""],
  ["what is not there taken out", ["placement", "constraints"], undefined, "", ""],
  ["what it is already", ["memoryMiB"], 512, "", ""],
])("%s: nothing else changes", (_, path, value, from, to) => {
  expect(unusual).toContain(from);
  expect(after(unusual, path, value)).toBe(unusual.replace(from, to));
});

test.each<[what: string, text: string, path: Path, value: unknown, to: string]>([
  ["an empty file", "", ["config", "a:b"], 1, "config:\n  a:b: 1\n"],
  ["a file of comments", "# a\n", ["config"], 1, "# a\nconfig: 1\n"],
  ["an empty map", "config:\nsalt: v1\n", ["config", "a"], { b: 1 }, "config:\n  a:\n    b: 1\nsalt: v1\n"],
  ["an empty map, commented", "config: # c\nsalt: v1\n", ["config", "a"], 1, "config: # c\n  a: 1\nsalt: v1\n"],
  ["an empty map in braces", "config: {} # c\n", ["config", "a"], 1, "config: # c\n  a: 1\n"],
  ["null", "config: ~\n", ["config", "a"], 1, "config:\n  a: 1\n"],
  ["the last key of a map", "a:\n  b: 1\nc: 2\n", ["a", "b"], undefined, "a: {}\nc: 2\n"],
  ["the last item of a list", "a:\n  - b # x\n", ["a", 0], undefined, "a: [] # x\n"],
  ["the only key", "# x\na: 1 # y\n", ["a"], undefined, "# x\n{} # y\n"],
  ["a file without an end of line", "a: 1\nb: 2", ["c"], 3, "a: 1\nb: 2\nc: 3"],
  ["the last line without an end", "a: 1\r\nb: 2", ["b"], undefined, "a: 1"],
  ["a text that keeps its empty lines", "a: |+\n  x\n\n\n", ["b"], 1, "a: |+\n  x\n\n\nb: 1\n"],
  ["a text that has empty lines behind it", "a: |\n  x\n\n\nb: 1\n", ["a"], "z", "a: z\n\n\nb: 1\n"],
  ["JSON", '{\n  "a": 1,\n  "b": 2\n}\n', ["c"], "d", '{\n  "a": 1,\n  "b": 2,\n  c: d\n}\n'],
  ["JSON, shorter", '{\n  "a": 1,\n  "b": 2\n}\n', ["b"], undefined, '{\n  "a": 1\n}\n'],
  ["a comment between", "a: 1\n# of b\nb: 2\n", ["a"], undefined, "# of b\nb: 2\n"],
  ["what would be no text for others", "a: 1\n", ["b"], "yes", 'a: 1\nb: "yes"\n'],
  ["a list among lists", "a:\n  - - 1\n    - 2\n", ["a", 0, 1], 3, "a:\n  - - 1\n    - 3\n"],
  ["a map in the place of an item", "a:\n- 1\n", ["a", 0], { b: 1, c: 2 }, "a:\n- b: 1\n  c: 2\n"],
  ["in the middle of a list", "a:\n- 1 # x\n- 3\n", ["a"], [1, 2, 3], "a:\n- 1 # x\n- 2\n- 3\n"],
  ["before a list", "a:\n- 1\n- 3\n", ["a"], [0, 1, 3], "a:\n- 0\n- 1\n- 3\n"],
  ["a key without a value in braces", "a: { b, c: 1 }\n", ["a", "b"], 2, "a: { b: 2, c: 1 }\n"],
  ["before brackets", "a: [1, 3]\n", ["a"], [0, 1, 3], "a: [0, 1, 3]\n"],
  ["an anchor that nothing stands for", "a: &x { b: 1 }\n", ["a", "b"], 2, "a: &x { b: 2 }\n"],
])("%s", (_, text, path, value, to) => {
  expect(after(text, path, value)).toBe(to);
});

test.each<[text: string, path: Path, value: unknown, problem: string]>([
  ["h: &h { p: /x }\ne: { dev: { h: *h } }\n", ["e", "dev", "h", "p"], "/y", "2:16 *h stands for what is written elsewhere"],
  ["e: { prod: &p { m: 1 }, dev: *p }\n", ["e", "dev", "m"], 2, "1:30 *p stands for what is written elsewhere"],
  ["a: &x 1\nb: *x\n", ["b"], 2, "2:4 *x stands for what is written elsewhere"],
  ["a: &x 1\nb: *x\n", ["b"], undefined, "2:4 *x stands for what is written elsewhere"],
  ["a: &x { b: 1 }\nc: *x\n", ["a", "b"], 2, "1:1 a change here would change other values"],
  ["a: &x { b: 1 }\nc: { <<: *x }\n", ["c", "b"], 2, "2:6 << takes keys from elsewhere"],
  ["a: &x { b: 1 }\nc: { <<: *x, b: 2 }\n", ["c", "b"], undefined, "2:6 << takes keys from elsewhere"],
  ["a: 1\n", ["a", "b"], 2, "1:4 a map was expected here"],
  ["a: [\n", ["a"], 2, expect.stringMatching(/^\d+:\d+ this is not YAML: /) as string],
  ["a: &x 1\nb: *y\n", ["a"], 2, expect.stringContaining("y") as string],
])("%s is left alone", (text, path, value, problem) => {
  expect(after(text, path, value)).toEqual(problem);
});

test("of several changes each finds what those before it made", () => {
  const edited = editedYaml("a: 1\n", [
    { path: ["b", "c"], value: 1 },
    { path: ["b", "d"], value: 2 },
    { path: ["a"], value: undefined },
  ]) as { text: string };
  expect(parse(edited.text)).toEqual({ b: { c: 1, d: 2 } });
});
