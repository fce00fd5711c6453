import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../paths";
import { beyond, classes, type ImageClass } from "./classes";
import type { Verdict } from "./verdicts";

/** One image as it was run and as it was inspected. */
export interface Judged {
  name: string;
  class: ImageClass;
  dies: boolean;
  says: Verdict["says"];
}

const page = join(root, "docs/images.md");
const begin = "<!-- corpus: written by `npm run sandbox -- images` -->";
const end = "<!-- end of corpus -->";

/** How an inspection does by class, as a table of Markdown. */
export function corpusTable(judged: readonly Judged[]): string {
  const rowsOf = (names: readonly ImageClass[]) =>
    names.flatMap((name) => {
      const own = judged.filter((image) => image.class === name);
      return own.length > 0 ? [rowOf(name, own)] : [];
    });
  const claimed = classes.filter((name) => name !== beyond);
  const header = ["class", "die", "stopped", "told", "run", "told", "stopped"];
  const total = rowOf(
    "all",
    judged.filter((image) => image.class !== beyond),
  );
  const all = [header, ["---", ...header.slice(1).map(() => "--:")], ...rowsOf(claimed), total, ...rowsOf([beyond])];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const padded = all.map((row, line) =>
    row.map((cell, column) => {
      if (line === 1) return column === 0 ? "-".repeat(widths[0]!) : `${"-".repeat(widths[column]! - 1)}:`;
      return column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!);
    }),
  );
  return padded.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function rowOf(title: string, images: readonly Judged[]): string[] {
  const count = (dies: boolean, says?: Judged["says"]) =>
    String(images.filter((image) => image.dies === dies && (!says || image.says === says)).length);
  return [title, count(true), count(true, "stopped"), count(true, "told"), count(false), count(false, "told"), count(false, "stopped")];
}

/** Writes the table into docs/images.md; whether it was there already. */
export function writeTable(table: string): boolean {
  const text = readFileSync(page, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/images.md lacks the lines ${begin} and ${end}.`);
  const written = `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`;
  // Another lot may be cloning the working tree.
  if (written !== text) writeFileSync(page, written);
  return written === text;
}
