import { seeded } from "@fairlead/model/testing/random";

const parts = [
  ...["$", "${", "}", "$$", "\n", "\r\n", "\t", " ", "'", '"', "\\", "#", ": ", "- ", "|", ">", "%", "@", "&x", "*x", "!!str", "{", "["],
  ...["é", "e\u0301", "東京", "🚢", "\u2028", "\u0085", "\ufeff", "\u0007", "a", "no", "22:22", "0x1f", "0o22", "<<", "~"],
];

/** Texts that mean something to readers of YAML or to Compose, put together at random: the same ones every time. */
export function hostileTexts(count: number): string[] {
  const { integer, pick } = seeded(16);
  return Array.from({ length: count }, () => Array.from({ length: integer(9) }, () => pick(parts)).join(""));
}

/** Names that readers of YAML take for something else. */
export const hostileNames = [
  "no",
  "on",
  "y",
  "Null",
  "~",
  "22:22",
  "1e3",
  "0x1f",
  "0o22",
  "-0O7",
  "+0X1F",
  "0B1",
  "<<",
  "environment",
  "a: b",
  "- x",
  "# x",
  "{x}",
  "東京",
  "e\u0301",
  " x ",
  "dotted.name-1",
];
