import { UserError } from "@fairlead/model";

import { wholeManifests } from "./brokenManifests";
import { folder, load, write } from "./folder";

/** The same numbers in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const scraps = [
  "{",
  "}",
  "[",
  "]",
  ":",
  "- ",
  "&a ",
  "*a",
  "!!str ",
  "|\n",
  ">\n",
  "'",
  '"',
  "#",
  "---\n",
  "...\n",
  "\t",
  "\0",
  "\r",
  "�",
  "🙂",
  "null",
  "~",
  "1e999",
  "-0",
  "0x1F",
  "<<:",
  "? ",
  "%YAML 1.1\n",
  "__proto__:",
  "constructor: ",
  "\n\n",
  "  ",
];

function fuzzed(next: () => number): string {
  const texts = Object.values(wholeManifests);
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)]!;
  let text = pick(texts);
  for (let times = 1 + Math.floor(next() * 6); times > 0; times--) {
    const [from, to] = [next(), next()].map((place) => Math.floor(place * (text.length + 1))).sort((a, b) => a - b) as [number, number];
    const lines = text.split("\n");
    const change = [
      () => text.slice(0, from) + pick(scraps) + text.slice(from),
      () => text.slice(0, from) + text.slice(Math.min(to, from + 12)),
      () => text.slice(0, from) + String.fromCharCode(Math.floor(next() * 0x250)) + text.slice(from + 1),
      () => [...lines.slice(0, from % lines.length), pick(lines), ...lines.slice(from % lines.length)].join("\n"),
      () => lines.filter((_, index) => index !== from % lines.length).join("\n"),
      () => text.slice(0, from) + pick(texts).slice(0, 200),
      () => lines.map((line, index) => (index === from % lines.length ? `  ${line}` : line)).join("\n"),
    ];
    text = pick(change)();
  }
  return text;
}

test("10,000 manifests that nobody would write crash nothing, hang nothing and show no stack", () => {
  const next = random(20261121);
  let broken = 0;
  for (let count = 0; count < 10_000; count++) {
    const text = fuzzed(next);
    write("service", text);
    try {
      load(next() < 0.5 ? "dev" : "prod");
    } catch (error) {
      if (!(error instanceof UserError)) throw new Error(`${String(error)}\n${JSON.stringify(text)}`, { cause: error });
      broken += 1;
      const told = error.toldFrom(folder);
      if (/\n\s+at .*\.ts:/.test(told)) throw new Error(`a stack trace for ${JSON.stringify(text)}`);
      for (const { line, column, problem, expected, fix } of error.problems) {
        expect(line > 0 && column > 0 && problem !== "" && expected !== "" && fix !== "").toBe(true);
      }
    }
  }
  // Else the fuzzing would be too tame, or too wild, to try anything.
  expect(broken).toBeGreaterThan(5_000);
  expect(broken).toBeLessThan(9_990);
});
