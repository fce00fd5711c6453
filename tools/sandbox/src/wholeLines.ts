import type { Readable } from "node:stream";

/** Hands on what a process writes, in whole lines and each behind a prefix, so that several may write at once. */
export function inWholeLines(from: Readable, prefix: string, write: (text: string) => void): void {
  let begun = "";
  from
    .setEncoding("utf8")
    .on("data", (text: string) => {
      const lines = `${begun}${text}`.split("\n");
      begun = lines.pop()!;
      if (lines.length > 0) write(lines.map((line) => `${prefix}${line}\n`).join(""));
    })
    .on("end", () => {
      if (begun !== "") write(`${prefix}${begun}\n`);
    });
}
