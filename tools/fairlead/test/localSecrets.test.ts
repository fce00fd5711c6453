import { secretLines } from "../src/local/secretLines";

test.each([
  ["V='a $b #c'", 1],
  ["export V = 'a'  # a comment", 1],
  ["# V=$x\n\nV: plain", 3],
  ["V='-----BEGIN KEY-----\nabc=\n-----END KEY-----\n'", 1],
  ['V="a b"', 1],
  ["V=", 1],
  ["V=a#b", 1],
  ["\ufeffV=a\r\n", 1],
])("%j is read as it stands", (text, line) => expect(secretLines(text)).toEqual([{ line, name: "V" }]));

test.each<[string, string, number]>([
  ["V='planted", "begins with a '", 1],
  ['V="planted', 'begins with a "', 1],
  ["V='a' planted", "after the '", 1],
  ["V='a'planted'", "after the '", 1],
  ["V='planted\\'", "backslash", 1],
  ['V="planted\\n"', "backslash", 1],
  ['V="$planted"', "between double quotes", 1],
  ["V=pl'anted", "quote", 1],
  ["V=planted #x", "outside of single quotes", 1],
  ["V=$planted", "outside of single quotes", 1],
  ["V=a\nplanted/key+x==", "is no NAME", 2],
  ["V=a\nplanted", "is no NAME", 2],
  ["V=-----BEGIN KEY-----\nplanted==\n-----END KEY-----", "is no NAME", 3],
  ["1V=planted", "is no NAME", 1],
  ["V=a\n\ufeffW='planted'", "is no NAME", 2],
  ["V=\u2003'planted'", "blank", 1],
  ["V=\ufeffplanted", "blank", 1],
])("%j is told, and its value is not", (text, problem, line) => {
  const told = secretLines(text).filter((each) => each.problem !== undefined);
  expect(told).toEqual([expect.objectContaining({ line, problem: expect.stringContaining(problem) as string })]);
  expect(JSON.stringify(told)).not.toContain("planted");
});

test("lines behind a value of several lines have their own numbers", () => {
  expect(secretLines("A='1\n2\n3'\nB=x\n$\n").map(({ line, name }) => [line, name])).toEqual([
    [1, "A"],
    [4, "B"],
    [5, undefined],
  ]);
});
