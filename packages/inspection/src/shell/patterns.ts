import { posix } from "node:path";

import type { Word } from "unbash";

import { open } from "../programs/toldFile";
import { isIn } from "../container/container";
import { mayRead } from "../container/user";
import type { Run } from "./run";
import type { Value } from "./variables";

/** Files of the image that a pattern such as `target/*.jar` stands for; undefined where that is not known. */
export function filesOf(word: Word, { state, around: { container, dialect } }: Run): Value[] | undefined {
  const pattern = patternOf(word);
  if (pattern === undefined || state.workingDirectory === undefined || state.files !== "as in the image") return undefined;
  const { volumes = [], environment, identity } = container;
  const at = pattern.lastIndexOf("/") + 1;
  const folder = posix.resolve(state.workingDirectory, pattern.slice(0, at) || ".");
  // A folder for what is mounted is made where the image has none.
  if (isIn(folder, volumes) || volumes.some((volume) => posix.dirname(posix.normalize(volume)) === folder)) return undefined;
  const opened = open(folder, container);
  if (opened.kind !== "directory" || !mayRead(opened.directory, identity)) return undefined;
  const matches = matcher(pattern.slice(at));
  const names = [...opened.directory.entries.keys()].filter((name) => matches(name));
  if (names.length > 1 && !(isSortedByBytes(environment) && names.every((name) => /^[\x21-\x7e]+$/.test(name)))) return undefined;
  // bash may be told to make nothing of it.
  if (names.length === 0) return dialect === "dash" || dialect === "busybox" ? [{ text: pattern, isSure: true }] : undefined;
  return names.sort((one, other) => (one < other ? -1 : 1)).map((name) => ({ text: pattern.slice(0, at) + name, isSure: true }));
}

/** A pattern of letters, `*` and `?`, which has none but in its last part. */
function patternOf({ parts }: Word): string | undefined {
  if (!parts?.some(({ type }) => type === "Glob")) return undefined;
  if (!parts.every(({ type, text }) => type === "Literal" || (type === "Glob" && /^[*?]$/.test(text)))) return undefined;
  const pattern = parts.map(({ text }) => text).join("");
  return /^[\w./@+-]*[\w.@+*?-]+$/.test(pattern) ? pattern : undefined;
}

/** Hidden files are meant by patterns that begin with a dot alone. */
function matcher(pattern: string): (name: string) => boolean {
  return (name) => (pattern.startsWith(".") || !name.startsWith(".")) && isMatched(name, pattern);
}

/** Without going back further than to the last `*`, so that no pattern takes long. */
function isMatched(name: string, pattern: string): boolean {
  let at = 0;
  let within = 0;
  let star = -1;
  let from = 0;
  while (at < name.length) {
    if (pattern[within] === "*") {
      star = within++;
      from = at;
    } else if (pattern[within] === "?" || pattern[within] === name[at]) {
      within++;
      at++;
    } else if (star >= 0) {
      within = star + 1;
      at = ++from;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(within));
}

/** Languages have orders of their own. */
function isSortedByBytes(environment: ReadonlyMap<string, string>): boolean {
  return ["LC_ALL", "LC_COLLATE", "LANG"].every((name) => /^(|C|POSIX|C\.(UTF-8|utf8))$/.test(environment.get(name) ?? ""));
}
