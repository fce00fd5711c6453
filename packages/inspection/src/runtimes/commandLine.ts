/** What an interpreter knows of options, as far as it is needed to find what it is told to run. */
export interface OptionTable {
  /** Options whose value is the next word. */
  withValue: ReadonlySet<string>;
  /** Options without a value, or with one after `=`. What no table knows makes the whole command line unknown. */
  flags: RegExp;
  /** Whether options may stand behind what is told to be run as well, as Python's argparse and click take them. @default false */
  interspersed?: boolean;
  /** Whether a value may stand right behind the letter of its option: `-w4`. @default false */
  sticky?: boolean;
}

/** A command line taken apart. */
export interface CommandLine {
  options: { name: string; value?: string }[];
  /** The first word that is no option, and all behind it; where options may stand anywhere, the words that are none. */
  rest: string[];
}

/** Takes a command line apart; undefined where an option is not known, for the next word may then be its value. */
export function parseCommandLine(
  words: readonly string[],
  { withValue, flags, interspersed, sticky }: OptionTable,
): CommandLine | undefined {
  const options: CommandLine["options"] = [];
  const rest: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (word === "--") return { options, rest: [...rest, ...words.slice(index + 1)] };
    if (!word.startsWith("-") || word === "-") {
      if (!interspersed) return { options, rest: words.slice(index) };
      rest.push(word);
      continue;
    }
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const letter = word.slice(0, 2);
    if (sticky && letter !== "--" && word.length > 2 && withValue.has(letter)) {
      options.push({ name: letter, value: word.slice(2) });
      continue;
    }
    const name = equals < 0 ? word : word.slice(0, equals);
    if (withValue.has(name)) options.push({ name, value: equals < 0 ? words[++index] : word.slice(equals + 1) });
    else if (flags.test(word)) options.push({ name, value: equals < 0 ? undefined : word.slice(equals + 1) });
    else return undefined;
  }
  return { options, rest };
}

/** The last value of an option that may be given several times. */
export function valueOf({ options }: CommandLine, ...names: string[]): string | undefined {
  return options.findLast(({ name }) => names.includes(name))?.value;
}
