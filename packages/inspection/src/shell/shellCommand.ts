import { parse } from "shell-quote";

type Token = ReturnType<typeof parse>[number];

const shells = new Set(["sh", "bash", "dash", "ash", "zsh", "ksh"]);

/** What a shell knows without a file, and what begins something that is no simple command. */
const builtins = new Set(
  (
    ". : [ alias bg break case cd command continue do done echo elif else esac eval exit export false fc fg fi for function getopts hash " +
    "if jobs kill let local printf pwd read readonly return select set shift source test then times trap true type ulimit umask unalias " +
    "unset until wait while { } ! [[ ]] (( ))"
  ).split(" "),
);
/** Run what follows them, and are found themselves wherever there is a shell. */
const prefixes = new Set(["exec", "time", "nohup", "command"]);

/** The text that a shell is given to run: `["/bin/sh", "-c", "…"]` → `…`. */
export function shellScript([program = "", flags = "", script]: string[]): string | undefined {
  return shells.has(program.split("/").at(-1)!) && /^-[a-z]*c$/.test(flags) ? script : undefined;
}

/**
 * The programs that a shell command can't do without, as alternatives: of each list one must be there. Judges only what is plain: the
 * first pipeline of the text, and there only words without variables. A text with more to it may do anything.
 */
export function neededPrograms(script: string): string[] {
  // `[^…]` would be read as a pattern; what the shell fills in gets a mark.
  const tokens = parse(script.split("\n")[0]!, (name: string) => ({ op: `$${name}` }) as unknown as string);
  const alternatives: string[] = [];
  for (const command of alternativesOf(tokens)) {
    const program = programOf(command);
    if (program === undefined) return [];
    if (program === "exit" || program === "false") continue;
    if (builtins.has(program)) return [];
    alternatives.push(program);
  }
  return alternatives;
}

/** `a || b && c` → [a, b]: what is tried in turn. */
function alternativesOf(tokens: Token[]): Token[][] {
  const commands: Token[][] = [[]];
  for (const token of tokens) {
    const operator = operatorOf(token);
    if (operator === "||") commands.push([]);
    else if (operator && ["&&", ";", "|", "&"].includes(operator)) break;
    else commands.at(-1)!.push(token);
  }
  return commands;
}

function operatorOf(token: Token): string | undefined {
  return typeof token === "object" && "op" in token ? token.op : undefined;
}

/** The word that names the program; undefined where it can't be told. */
function programOf(command: Token[]): string | undefined {
  const words = [...command];
  while (typeof words[0] === "string" && (prefixes.has(words[0]) || /^\w+=/.test(words[0]))) words.shift();
  const [word] = words;
  return typeof word === "string" && word !== "" && !word.includes("`") ? word : undefined;
}
