import type { Finding } from "../finding";
import type { Container, Starter } from "./container";

/** Judges what a program is told to start. */
export type Start = (words: readonly string[], by: Starter, container?: Container) => Finding[];

/** Init programs: they start what follows them. */
const inits = new Set(["tini", "tini-static", "dumb-init", "catatonit"]);

/** What keeps a wrapper from starting what it is told to; undefined for what is no wrapper. */
export function wrapped([program = "", ...rest]: readonly string[], start: Start): Finding[] | undefined {
  if (!inits.has(program.split("/").at(-1)!)) return undefined;
  const words = rest.includes("--") ? rest.slice(rest.indexOf("--") + 1) : rest;
  return words[0]?.startsWith("-") ? [] : start(words, "execvp");
}
