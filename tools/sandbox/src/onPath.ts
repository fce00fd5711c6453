import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is on PATH, if it is. */
export function onPath(program: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}
