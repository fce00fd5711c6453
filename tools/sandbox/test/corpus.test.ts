import { readdirSync } from "node:fs";
import { join } from "node:path";

import { corpus } from "../src/corpus/images";
import { corpusTable } from "../src/corpus/table";
import { dies, recipeDigest, recordedTruths } from "../src/corpus/truth";

const all = Object.values(corpus).flat();

test("no two images of the corpus have the same name", () => {
  const names = all.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("of each image it is recorded what happened when it was run as it is now; else: npm run sandbox -- images", () => {
  const unknown = Object.entries(corpus).flatMap(([group, images]) => {
    const truths = recordedTruths(group);
    return images.filter((image) => truths[image.name]?.recipe !== recipeDigest(image)).map(({ name }) => name);
  });
  expect(unknown).toEqual([]);
});

test("nothing is recorded of images that are no more", () => {
  const files = readdirSync(join(__dirname, "../src/corpus/truth")).map((name) => name.replace(".json", ""));
  expect(files.filter((file) => !(file in corpus))).toEqual([]);
  for (const [group, images] of Object.entries(corpus))
    expect(Object.keys(recordedTruths(group)).sort()).toEqual(images.map(({ name }) => name).sort());
});

test.each([
  ["what could not be started", { outcome: "not started" }, false, true],
  ["an end with an error", { outcome: "ended", exitCode: 1 }, false, true],
  ["a program that has done what it is for", { outcome: "ended", exitCode: 0 }, false, false],
  ["a server that ends without an error", { outcome: "ended", exitCode: 0 }, true, true],
  ["a server that goes on", { outcome: "alive" }, true, false],
  ["one that its health check finds ill", { outcome: "alive", healthCheck: { exitCode: 1, words: "" } }, true, true],
] as const)("%s: dies or runs", (_title, ending, serves, expected) => {
  expect(dies({ words: "", ...ending }, { serves })).toBe(expected);
});

test("the table counts by class what dies and runs, and what was said of it", () => {
  const table = corpusTable([
    { name: "a", class: "user", dies: true, says: "stopped" },
    { name: "b", class: "user", dies: true, says: "nothing" },
    { name: "c", class: "user", dies: false, says: "told" },
    { name: "d", class: "machine", dies: true, says: "told" },
  ]);
  expect(table.split("\n").map((row) => row.replace(/ +/g, " "))).toEqual([
    "| class | die | stopped | told | run | told | stopped |",
    expect.stringMatching(/^\|[-:| ]+\|$/),
    "| machine | 1 | 0 | 1 | 0 | 0 | 0 |",
    "| user | 2 | 1 | 0 | 1 | 1 | 0 |",
    "| all | 3 | 1 | 1 | 1 | 1 | 0 |",
  ]);
});
