import { readFileSync, writeFileSync } from "node:fs";

import { SandboxError } from "./progress";

/** Changes a file of the clone's; returns what takes the change back. */
export function edit(file: string, change: (text: string) => string): () => void {
  const before = readFileSync(file, "utf8");
  const after = change(before);
  if (after === before) throw new SandboxError(`The edit changes nothing in ${file}.`);
  writeFileSync(file, after);
  return () => writeFileSync(file, before);
}
