/** How a shell is called: with a text, with a file of it, or with neither. */
export interface Invocation {
  text?: string;
  file?: string;
  /** `$0`; the shell's own name by default. */
  name?: string;
  /** `$1` and on. */
  positional: string[];
  /** Single letters that are set: `e` ends the text with the first command that fails, `l` reads profiles first. */
  options: Set<string>;
  /** Options by name: `pipefail`, `errexit`. */
  named: Set<string>;
  /** What was given to `-o`, known to the shell or not, and words that are no option of any shell. */
  optionNames: string[];
}

/** Options of bash that are followed by a word of theirs. */
const withWord = new Set(["--rcfile", "--init-file"]);

/** Reads a shell's arguments as it does: its options first, `c` among them or not. */
export function invocationOf(words: readonly string[]): Invocation {
  const rest = [...words];
  const options = new Set<string>();
  const named = new Set<string>();
  const optionNames: string[] = [];
  while (/^[-+]/.test(rest[0] ?? "")) {
    const option = rest.shift()!;
    if (option === "-" || option === "--") break;
    if (option.startsWith("--")) {
      if (option === "--login") options.add("l");
      else named.add(option.slice(2));
      if (withWord.has(option)) rest.shift();
      continue;
    }
    for (const letter of option.slice(1)) {
      const change = option.startsWith("-") ? "add" : "delete";
      if (letter === "o" || letter === "O") {
        const name = rest.shift();
        if (name !== undefined) named[change](name);
        if (letter === "o" && name !== undefined) optionNames.push(name);
      } else if (!/[A-Za-z]/.test(letter)) optionNames.push(option);
      else options[change](letter);
    }
  }
  const letters = { errexit: "e", nounset: "u", noexec: "n", interactive: "i" };
  for (const [name, letter] of Object.entries(letters)) if (named.has(name)) options.add(letter);
  if (options.has("c")) {
    const [text, name, ...positional] = rest;
    return { text, name, positional, options, named, optionNames };
  }
  if (options.has("s") || rest.length === 0) return { positional: rest, options, named, optionNames };
  const [file, ...positional] = rest;
  return { file, name: file, positional, options, named, optionNames };
}
