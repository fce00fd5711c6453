import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { UserError } from "../src";
import { readEntries } from "../src/files";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-entries-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function read(text: string, stacks: string[] = []) {
  const file = join(folder, "names.yaml");
  writeFileSync(file, text);
  for (const stack of stacks) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "");
  const kind = { code: "FL2402", list: "names", entry: "name", texts: ["stack", "title"], maps: ["of"] } as const;
  return readEntries(file, { ...kind, expected: "a list of names" });
}

test("a file that is empty, or not there, has no entries", () => {
  expect(readEntries(join(folder, "none.yaml"), { code: "FL2402", list: "names", entry: "name", texts: [], expected: "" })).toEqual([]);
  expect([read(""), read("# none yet"), read("names:\n")]).toEqual([[], [], []]);
});

test("entries are what the file says", () => {
  expect(read('names: [{ stack: "*", title: a, of: { x: 1 } }, { stack: dev, title: b, of: {} }]', ["dev"])).toEqual([
    { stack: "*", title: "a", of: { x: 1 } },
    { stack: "dev", title: "b", of: {} },
  ]);
});

test.each([
  ["[{ stack: dev }]", /names\.yaml:1:1 {2}FL2402 {2}the file is \[\{"stack":"dev"\}\]/],
  ["all", /names\.yaml:1:1 {2}FL2402 {2}the file is "all"/],
  ["name: []", /names\.yaml:1:7 {2}FL2402 {2}unknown key "name"\n[^]*fix: Did you mean names\?/],
  ["names: all", /names\.yaml:1:8 {2}FL2402 {2}names is "all"/],
  ["names: [7]", /names\.yaml:1:9 {2}FL2402 {2}name 1 is 7/],
  ["names: [null]", /names\.yaml:1:9 {2}FL2402 {2}name 1 has no stack, no title, no of/],
  ["names: [{ stack: dev, title: ' ', of: {} }]", /names\.yaml:1:9 {2}FL2402 {2}name 1 has no title/],
  ["names: [{ stack: dev, title: [x], of: {} }]", /names\.yaml:1:30 {2}FL2402 {2}title is \["x"\]/],
  ["names: [{ stack: dev, title: 7, of: {} }]", /names\.yaml:1:30 {2}FL2402 {2}title is 7/],
  ["names: [{ stack: dev, title: a, of: 7 }]", /names\.yaml:1:37 {2}FL2402 {2}of is 7/],
  ["names: [{ stack: dev, title: a, of: [x] }]", /names\.yaml:1:37 {2}FL2402 {2}of is \["x"\]/],
  ["names: [{ stack: dev, title: a, until: 2027, of: {} }]", /names\.yaml:1:40 {2}FL2402 {2}unknown key "until"\n[^]*fix: Remove it\./],
  ["names: [{ stack: dve, title: a, of: {} }]", /names\.yaml:1:18 {2}FL2402 {2}there is no stack "dve"\n[^]*fix: Did you mean dev\?/],
])("%s is one mistake, told with its place", (text, expected) => {
  const refused = () => read(text, ["dev", "prod"]);
  expect(refused).toThrow(UserError);
  expect(refused).toThrow(expected);
  expect(refused).toThrow(/\b1 problem\./);
});
