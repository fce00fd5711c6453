import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";

import { closest } from "../closest";
import type { Code } from "../codes/table";
import { isMap } from "../isMap";
import { shortened } from "../shortened";
import { stacksAmong } from "../stackFiles";
import { checkedFile, type Refuse } from "./checkedFile";

/** A file beside the stacks' configuration that is one list of entries, each for a stack. */
export interface EntriesFile {
  /** The code of what is wrong with it. */
  code: Code;
  /** Its only key, under which the list is. */
  list: string;
  /** What an entry is called. */
  entry: string;
  /** Keys of an entry that are texts; none may be missing. */
  texts: readonly string[];
  /** Keys of an entry that are maps; none may be missing. */
  maps?: readonly string[];
  /** What the list should be. */
  expected: string;
}

export type Entry = Readonly<Record<string, unknown>>;
type Path = Parameters<Refuse>[0];

const everyStack = "*";

/**
 * The entries of a file; none where there is no file.
 *
 * @param check looks at what else an entry says
 * @throws UserError with all that is wrong with the file
 */
export function readEntries(
  file: string,
  kind: EntriesFile,
  check: (entry: Entry, path: Path, refuse: Refuse) => void = () => {},
): Entry[] {
  if (!existsSync(file)) return [];
  const stacks = stacksAmong(readdirSync(dirname(file)));
  return checkedFile(file, "FL2401", (value, refuse) => {
    if (value === undefined || value === null) return [];
    const { code, list, expected } = kind;
    if (!isMap(value)) {
      refuse([], { code, problem: `the file is ${told(value)}`, expected: `${list}: ${expected}`, fix: `Write the list under ${list}.` });
      return [];
    }
    refuseUnknown(value, [list], [], code, refuse);
    const entries = value[list] ?? [];
    if (!Array.isArray(entries)) {
      refuse([list], { code, problem: `${list} is ${told(entries)}`, expected, fix: "Write a list." });
      return [];
    }
    entries.forEach((given: unknown, index) => {
      const path = [list, index];
      const entry = given ?? {};
      if (isMap(entry)) checkEntry(entry, path, { ...kind, stacks, check }, refuse);
      else refuse(path, { code, problem: `${kind.entry} ${index + 1} is ${told(entry)}`, expected, fix: "Write its keys." });
    });
    return entries as Entry[];
  });
}

interface EntryCheck extends EntriesFile {
  stacks: string[];
  check: (entry: Entry, path: Path, refuse: Refuse) => void;
}

function checkEntry(entry: Entry, path: Path, kind: EntryCheck, refuse: Refuse): void {
  const { code, expected, texts, maps = [], stacks, check } = kind;
  const isMissing = (key: string) => entry[key] === undefined || entry[key] === null || String(entry[key]).trim() === "";
  const missing = [...texts, ...maps].filter(isMissing);
  if (missing.length > 0) {
    const problem = `${kind.entry} ${Number(path.at(-1)) + 1} has no ${missing.join(", no ")}`;
    refuse(path, { code, problem, expected, fix: "Add what is missing." });
  }
  refuseUnknown(entry, [...texts, ...maps], path, code, refuse);
  for (const key of texts.filter((each) => !isMissing(each) && typeof entry[each] !== "string")) {
    const given = entry[key];
    const fix =
      typeof given === "object" ? "Write one text; an entry for each where there are several." : `Quote it: ${told(String(given))}.`;
    refuse([...path, key], { code, problem: `${key} is ${told(given)}`, expected: "a text", fix });
  }
  for (const key of maps.filter((each) => !isMissing(each) && !isMap(entry[each]))) {
    refuse([...path, key], { code, problem: `${key} is ${told(entry[key])}`, expected, fix: "Write a map." });
  }
  const { stack } = entry;
  // Of a folder without stacks nobody can say which there are.
  if (typeof stack === "string" && !isMissing("stack") && stacks.length > 0 && ![everyStack, ...stacks].includes(stack)) {
    const suggestion = closest(stack, stacks);
    refuse([...path, "stack"], {
      code,
      problem: `there is no stack "${stack}"`,
      expected: `${stacks.join(", ")}, or "${everyStack}" for every stack`,
      fix: suggestion === undefined ? "Correct the name, or remove the entry." : `Did you mean ${suggestion}?`,
    });
  }
  check(entry, path, refuse);
}

function refuseUnknown(map: Entry, known: readonly string[], path: Path, code: Code, refuse: Refuse): void {
  for (const key of Object.keys(map).filter((each) => !known.includes(each))) {
    const suggestion = closest(key, known);
    const fix = suggestion === undefined ? "Remove it." : `Did you mean ${suggestion}?`;
    refuse([...path, key], { code, problem: `unknown key "${key}"`, expected: known.join(", "), fix });
  }
}

function told(value: unknown): string {
  return shortened(JSON.stringify(value), 80);
}
