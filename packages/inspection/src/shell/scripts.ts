import { posix } from "node:path";

import { envCommand } from "../container/env";
import { type Container } from "../container/container";
import type { Program } from "../programs/findProgram";

/** The words that Linux makes of a script: its interpreter, what `#!` says besides, its path and its arguments; undefined where `env` decides. */
export function scriptWords(
  { foundAt, node }: Program,
  args: readonly string[],
  container: Container,
): { words: string[]; container: Container } | undefined {
  const { content } = node;
  if (content?.kind !== "script") return undefined;
  const { interpreter, argument } = content;
  const rest = [...(argument === undefined ? [] : [argument]), foundAt, ...args];
  if (posix.basename(interpreter) === "env") return envCommand(rest, container);
  return { words: [interpreter, ...rest], container };
}
