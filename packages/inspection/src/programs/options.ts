/** Options that a program takes before its operands, as `getopt` of the C library reads them. */
export interface Options {
  /** Letters of options without a value. */
  flags?: string;
  /** Letters of options with one. */
  values?: string;
  /** Long options, without a value and with one. */
  longFlags?: readonly string[];
  longValues?: readonly string[];
}

/** Options by letter or name, and what follows them; undefined where one is not known. */
export function readOptions(words: readonly string[], options: Options): { given: Map<string, string>; operands: string[] } | undefined {
  const { flags = "", values = "", longFlags = [], longValues = [] } = options;
  const given = new Map<string, string>();
  const operands = [...words];
  while (/^-./s.test(operands[0] ?? "")) {
    const word = operands.shift()!;
    if (word === "--") break;
    if (word.startsWith("--")) {
      const [name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(word)!.slice(1);
      if (longFlags.includes(name)) given.set(name, "");
      else if (!longValues.includes(name)) return undefined;
      else if (value === undefined && operands.length === 0) return undefined;
      else given.set(name, value ?? operands.shift()!);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      if (flags.includes(letter)) {
        given.set(letter, "");
        continue;
      }
      if (!values.includes(letter)) return undefined;
      const value = word.slice(at + 1) || operands.shift();
      if (value === undefined) return undefined;
      given.set(letter, value);
      break;
    }
  }
  return { given, operands };
}
