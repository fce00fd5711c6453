import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { UserError, withoutLogins } from "../src";
import { checkedFile, readEnvironments } from "../src/files";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-files-"))));
afterEach(() => rmSync(folder, { recursive: true }));

/** What a file of names is refused with. */
function refusalOf(text: string): UserError {
  const file = join(folder, "names.yaml");
  writeFileSync(file, text);
  try {
    checkedFile(file, "FL2401", (value, refuse) => {
      for (const [key, name] of Object.entries(value as object)) {
        if (name !== "good") refuse([key], { code: "FL2405", problem: `${key} is ${name}`, expected: "good", fix: "Make it good." });
      }
    });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

test("all problems of a file are told at once: place, code, line, what was expected, fix", () => {
  expect(refusalOf("a: bad\nb: good\nc:   worse\n").toldFrom(folder)).toBe(
    [
      "names.yaml can't be used:",
      "",
      "names.yaml:1:4  FL2405  a is bad",
      "  1 | a: bad",
      "    |    ^",
      "  expected: good",
      "  fix: Make it good.",
      "",
      "names.yaml:3:6  FL2405  c is worse",
      "  3 | c:   worse",
      "    |      ^",
      "  expected: good",
      "  fix: Make it good.",
      "",
      "2 problems. Nothing was changed.",
    ].join("\n"),
  );
});

test.each([
  ["a: [b", /names\.yaml:1:\d+ {2}FL2401 {2}this is not YAML/],
  ["a: good\na: good\n", /names\.yaml:2:1 {2}FL2401 {2}a key stands twice/],
])("%j is told with its place, and not looked at", (text, expected) => {
  const { message, problems } = refusalOf(text);
  expect(message).toMatch(expected);
  expect(problems).toHaveLength(1);
});

test("whoever prints the whole error prints no stack", () => {
  const error = refusalOf("a: bad");
  expect(error.stack).toBe(error.message);
});

test("the environments are a list of names; none where there is no file", () => {
  expect(readEnvironments(folder)).toEqual([]);
  writeFileSync(join(folder, "environments.json"), '{ "environments": ["dev", "prod"] }');
  expect(readEnvironments(folder)).toEqual(["dev", "prod"]);
  writeFileSync(join(folder, "environments.json"), '["dev"]');
  expect(() => readEnvironments(folder)).toThrow(/FL2405 {2}there is no "environments"/);
});

test.each([
  ["postgres://orders:pl4nted@db.internal:5432/orders", "postgres://…@db.internal:5432/orders"],
  ["it was https://ada:pl4nted@p@registry.test/v2/, and http://t0ken-pl4nted@x", "it was https://…@registry.test/v2/, and http://…@x"],
  ['{"a":"//u:pl4nted@b","to":"ops@example.test"}', '{"a":"//…@b","to":"ops@example.test"}'],
  ["https://registry.test/v2/a@sha256:0 and ops@example.test", "https://registry.test/v2/a@sha256:0 and ops@example.test"],
])("the logins of URLs are no part of what is printed: %s", (text, printed) => {
  expect(withoutLogins(text)).toBe(printed);
  expect(withoutLogins(text)).not.toContain("pl4nted");
});

test("a line with a login is shown without it", () => {
  expect(refusalOf("a: https://ada:pl4nted@registry.test").message).not.toContain("pl4nted");
});
