import type { Word } from "unbash";

/** Whether a text matches a pattern of `case`; undefined where the pattern is not known. */
export function matches(text: string, pattern: Word): boolean | undefined {
  const pieces: (string | typeof any | typeof one)[] = [];
  for (const part of pattern.parts ?? [{ type: "Literal" as const, value: pattern.value }]) {
    if (part.type === "Literal" || part.type === "SingleQuoted") pieces.push(...part.value);
    else if (part.type === "DoubleQuoted" && part.parts.every(({ type }) => type === "Literal"))
      pieces.push(...part.parts.map((child) => (child.type === "Literal" ? child.value : "")).join(""));
    else if (part.type === "Glob" && part.kind === "star") pieces.push(any);
    else if (part.type === "Glob" && part.kind === "question") pieces.push(one);
    else return undefined;
  }
  return text.length * pieces.length > mostSteps ? undefined : isMatch([...text], pieces);
}

/** Letters of the text times those of the pattern. */
const mostSteps = 1_000_000;

const any = Symbol("*");
const one = Symbol("?");

/** Goes back to the last `*` alone, so that it takes no more steps than text and pattern multiplied. */
function isMatch(text: string[], pattern: (string | typeof any | typeof one)[]): boolean {
  let [at, piece, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    if (piece < pattern.length && (pattern[piece] === one || pattern[piece] === text[at])) {
      at++;
      piece++;
    } else if (pattern[piece] === any) {
      star = piece++;
      from = at;
    } else if (star >= 0) {
      piece = star + 1;
      at = ++from;
    } else return false;
  }
  return pattern.slice(piece).every((rest) => rest === any);
}
