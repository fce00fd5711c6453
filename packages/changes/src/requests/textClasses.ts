/** A text that stands for all texts which fit the same patterns. */
export interface TextClass {
  example: string;
  /** Indices of the patterns that it fits. */
  fits: ReadonlySet<number>;
}

/** What texts are asked for. */
export interface Alphabet {
  /** The first character; any by default. */
  first?: string;
  /** Whether a character may follow another, or begin the text. What follows a dot may be another matter than what follows anything else. */
  allows?: (character: string, before: string) => boolean;
}

/** Positions in a pattern that a text may have come to. */
type Positions = readonly number[];
interface State {
  text: string;
  /** Pattern → positions; of those that may still fit. */
  live: ReadonlyMap<number, Positions>;
}

/**
 * One example for each set of patterns that some text fits together, the shortest: all of them, found by reading all patterns at once, a character at a
 * time. Characters that no pattern waits for are alike, so one stands for them. Undefined where there are too many.
 */
export function textClasses(
  patterns: readonly string[],
  { first, allows = () => true }: Alphabet = {},
  most = 10_000,
): TextClass[] | undefined {
  const start: State = { text: "", live: new Map(patterns.map((pattern, index) => [index, closure(pattern, [0])])) };
  const seen = new Set<string>();
  const classes = new Map<string, TextClass>();
  const queue = [start];
  // Grows while it is read.
  for (const state of queue) {
    if (state.text !== "") addClass(classes, patterns, state);
    const waited = new Set([...state.live].flatMap(([index, positions]) => positions.flatMap((at) => literalAt(patterns[index]!, at))));
    const before = state.text.at(-1) ?? "";
    const other = [..."xyzabcdefghijklmnopqrstuvw0123456789~-_"].find((each) => !waited.has(each) && allows(each, before));
    const next =
      state.text === "" && first !== undefined
        ? [first]
        : [...[...waited].filter((each) => allows(each, before)), ...(other ? [other] : [])];
    for (const character of next) {
      const reached = step(state, character, patterns);
      const key = `${character === "." ? "." : ""}${[...reached.live].map(([index, positions]) => `${index}:${positions.join(".")}`).join(" ")}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > most) return undefined;
      queue.push(reached);
    }
  }
  return [...classes.values()];
}

function addClass(classes: Map<string, TextClass>, patterns: readonly string[], { text, live }: State): void {
  const fits = new Set([...live].filter(([index, positions]) => positions.includes(patterns[index]!.length)).map(([index]) => index));
  const key = [...fits].join(" ");
  if (!classes.has(key)) classes.set(key, { example: text, fits });
}

function step({ text, live }: State, character: string, patterns: readonly string[]): State {
  const reached = new Map<number, Positions>();
  for (const [index, positions] of live) {
    const pattern = patterns[index]!;
    const next = positions.flatMap((at) => (pattern[at] === "*" ? [at] : pattern[at] === "?" || pattern[at] === character ? [at + 1] : []));
    if (next.length > 0) reached.set(index, closure(pattern, next));
  }
  return { text: text + character, live: reached };
}

/** A star may also be no character. Once a text has come to one, what it had come to before allows nothing that the star does not. */
function closure(pattern: string, positions: readonly number[]): Positions {
  const all = new Set<number>();
  let star = -1;
  for (const start of positions) {
    let at = start;
    all.add(at);
    for (; pattern[at] === "*"; all.add(++at)) star = Math.max(star, at);
  }
  const left = [...all].filter((at) => at >= star);
  return left.length < 2 ? left : left.sort((a, b) => a - b);
}

function literalAt(pattern: string, at: number): string[] {
  const character = pattern[at];
  return character === undefined || character === "*" || character === "?" ? [] : [character];
}
