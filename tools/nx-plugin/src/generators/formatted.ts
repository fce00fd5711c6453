import { spawnSync } from "node:child_process";

/** A text as the repository formats its files: another name's length moves line breaks. A process of its own, as Prettier has no synchronous interface. */
export function formatted(root: string, file: string, text: string): string {
  const prettier = require.resolve("prettier/bin/prettier.cjs");
  const { status, stdout } = spawnSync(process.execPath, [prettier, "--stdin-filepath", file], {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
  return status === 0 ? stdout : text;
}
