import { startVariableNames } from "@fairlead/model";

import type { Container } from "./container";

/** What `env` starts, and what that finds around it. */
export interface EnvCommand {
  /** Empty where it only prints. */
  words: string[];
  container: Container;
  /** Whether it has `-S`, which BusyBox does not know. */
  splits: boolean;
}

/** Options of GNU's env that take a value, by letter and by name; the others take none. */
const withValue = new Map([
  ["u", "unset"],
  ["C", "chdir"],
  ["S", "split-string"],
  ["a", "argv0"],
]);
const longWithoutValue = new Set(["ignore-environment", "null", "debug", "list-signal-handling"]);
/** A value may follow behind `=` alone. */
const longWithOptionalValue = new Set(["default-signal", "ignore-signal", "block-signal"]);
const lettersWithoutValue = new Set(["i", "0", "v"]);

/**
 * Reads `env`'s arguments: options, assignments, and the command.
 *
 * @param words what follows `env`
 * @returns undefined for what is not understood
 * @see https://www.gnu.org/software/coreutils/manual/html_node/env-invocation.html
 */
export function envCommand(words: readonly string[], container: Container): EnvCommand | undefined {
  const waiting = [...words];
  let environment = new Map(container.environment);
  let { workingDirectory } = container;
  let splits = 0;
  const apply = (option: string, value: string): boolean => {
    if (option === "unset") environment.delete(value);
    else if (option === "chdir") workingDirectory = value.startsWith("/") ? value : `${workingDirectory}/${value}`;
    else if (option === "split-string") {
      const parts = splitString(value, environment);
      // Each of them may hold another.
      if (!parts || ++splits > 20) return false;
      waiting.unshift(...parts);
    }
    return true;
  };
  while (waiting[0]?.startsWith("-")) {
    const word = waiting.shift()!;
    if (word === "--") break;
    if (word === "-") {
      environment = new Map();
    } else if (word.startsWith("--")) {
      const [name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(word)?.slice(1) ?? [];
      if (name === "ignore-environment") environment = new Map();
      if (longWithoutValue.has(name) || longWithOptionalValue.has(name)) continue;
      if (![...withValue.values()].includes(name)) return undefined;
      const given = value ?? waiting.shift();
      if (given === undefined || !apply(name, given)) return undefined;
    } else {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at]!;
        const option = withValue.get(letter);
        if (letter === "i") environment = new Map();
        if (lettersWithoutValue.has(letter)) continue;
        if (!option) return undefined;
        const given = at + 1 < word.length ? word.slice(at + 1) : waiting.shift();
        if (given === undefined || !apply(option, given)) return undefined;
        break;
      }
    }
  }
  while (waiting[0]?.includes("=")) {
    const [, name = "", value = ""] = /^([^=]*)=(.*)$/s.exec(waiting.shift()!) ?? [];
    environment.set(name, value);
  }
  return { words: waiting, container: { ...container, environment, workingDirectory }, splits: splits > 0 };
}

/** What backslashes mean to `env -S`, outside of single quotes. */
const escapes: Record<string, string> = { f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", "#": "#", $: "$", '"': '"', "'": "'", "\\": "\\" };

/** The words of `env -S`'s text; undefined for what GNU's env refuses, and for variables that nobody knows. */
export function splitString(text: string, environment: ReadonlyMap<string, string>): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === quote) quote = undefined;
    else if (!quote && (char === "'" || char === '"')) {
      quote = char;
      word ??= "";
    } else if (!quote && /[ \t\n\v\f\r]/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (!quote && char === "#" && word === undefined) break;
    else if (char === "\\" && (quote !== "'" || /['\\]/.test(text[at + 1] ?? ""))) {
      const next = text[++at];
      if (next === "c" && !quote) break;
      if (next === "_") {
        if (quote) word = `${word ?? ""} `;
        else {
          if (word !== undefined) words.push(word);
          word = undefined;
        }
        continue;
      }
      const meant = next === undefined ? undefined : escapes[next];
      if (meant === undefined) return undefined;
      word = (word ?? "") + meant;
    } else if (char === "$" && quote !== "'") {
      const [whole, name] = /^\$\{([A-Za-z_]\w*)\}/.exec(text.slice(at, at + 300)) ?? [];
      // Of others the task may have another value than the image.
      const value = name !== undefined && startVariableNames.has(name) ? environment.get(name) : undefined;
      if (whole === undefined || value === undefined) return undefined;
      word = (word ?? "") + value;
      at += whole.length - 1;
    } else word = (word ?? "") + char;
  }
  if (quote) return undefined;
  return word === undefined ? words : [...words, word];
}
