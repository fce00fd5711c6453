import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { kept } from "../src/kept";

test("what has been made is made again where anything differs that it is made of, and only there", () => {
  const unique = `${process.pid} ${performance.now()}`;
  const made: string[] = [];
  const keep = (...madeOf: string[]) =>
    kept([unique, ...madeOf], () => {
      made.push(madeOf.join(" | "));
      return `// ${madeOf.join(" | ")}`;
    });
  for (const madeOf of [["ab", "c"], ["ab", "c"], ["a", "bc"], ["ab"], ["ab", "c"], ["ab", "c", ""], ["ab", "c "]]) {
    expect(keep(...madeOf)).toBe(`// ${madeOf.join(" | ")}`);
  }
  expect(made).toEqual(["ab | c", "a | bc", "ab", "ab | c | ", "ab | c "]);
});

test.each([
  ["emptied", () => ""],
  ["cut", (text: string) => text.slice(0, -1)],
  ["cut at the end of a line", (text: string) => text.slice(0, text.indexOf("\n") + 1)],
])("a kept file that was %s is made and kept again", (_, damage) => {
  const unique = `${process.pid} ${performance.now()}`;
  const text = `// ${unique}\nvalue = "ü€";`;
  let made = 0;
  const keep = () => kept([unique], () => (made++, text));
  keep();
  const folder = join(require.resolve("esbuild/package.json"), "../../.cache/fairlead");
  const file = readdirSync(folder)
    .map((name) => join(folder, name))
    .find((each) => readFileSync(each, "utf8").includes(unique))!;
  writeFileSync(file, damage(readFileSync(file, "utf8")));
  expect([keep(), keep(), made]).toEqual([text, text, 2]);
});
