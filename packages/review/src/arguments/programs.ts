import { interrupts, isEqual, noCapacity, unknown, type Meaning } from "./judge";

type Words = readonly string[];

interface Program {
  entryPoint?: unknown;
  command?: unknown;
}

const wordsOf = ({ entryPoint, command }: Program): Words =>
  [entryPoint, command].flatMap((words) => (Array.isArray(words) ? words.map(String) : []));

/** Programs that run another one, which their first word that is no option names. */
const runners =
  /^(node|nodejs|bun|deno|python[\d.]*|ruby|perl|php|java|dotnet|npm|npx|pnpm|yarn|bundle|sh|bash|ash|dash|zsh|env|exec|tini|dumb-init)$/;

/** A shell's script runs whatever it says, so all of it counts. */
const shells = /^(sh|bash|ash|dash|zsh)$/;

const nameOf = (word: string) => word.split("/").at(-1)!;

/** What is run, without how: the program, and what a runner runs. */
function programOf(words: Words): string {
  const [first = "", ...rest] = words;
  if (!runners.test(nameOf(first))) return first;
  if (shells.test(nameOf(first))) return words.join(" ");
  const at = rest.findIndex((word) => !word.startsWith("-") && word !== "run");
  return at < 0 ? nameOf(first) : `${nameOf(first)} ${programOf(rest.slice(at))}`;
}

/** Does nothing for as long as it runs, or ends at once. */
const idles = /^((\/usr)?\/bin\/)?(sleep|true|false|yes|pause|:)( |$)|^((\/usr)?\/bin\/)?tail -f \/dev\/null|^cat$/;
const idlesInShell = /^\s*(exec )?((sleep|true|:)\b|tail -f \/dev\/null|while (true|:|sleep)\b[^|]*sleep)/;

function isIdle(words: Words): boolean {
  const [first = "", ...rest] = words;
  const script = shells.test(nameOf(first)) ? rest.find((word) => !word.startsWith("-")) : undefined;
  return script === undefined ? idles.test(words.join(" ")) : idlesInShell.test(script);
}

/** What another command or entry point of a container means. Only another option of the same program is nothing to be told. */
export function otherProgram(was: Program, is: Program): Meaning | undefined {
  const [before, after] = [wordsOf(was), wordsOf(is)];
  if (isEqual(before, after)) return undefined;
  if (isIdle(after) && !isIdle(before))
    return noCapacity(`It runs \`${after.join(" ")}\`, which does nothing: its rollout may succeed, and nobody does its work.`);
  if (programOf(before) === programOf(after)) return undefined;
  if (after.length === 0) return interrupts("It runs what its image says: whether that is the same program can't be told here.");
  return unknown("It runs another command than before, or says one where its image did: what that does can't be told here.");
}
