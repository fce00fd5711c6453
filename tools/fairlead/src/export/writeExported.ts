import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { coded, UserError } from "@fairlead/model";

import { counted } from "../counted";
import { writeAll } from "../import/writeAll";

/** What was written where. */
export interface WrittenExport {
  folder: string;
  added: string[];
  unchanged: string[];
}

/**
 * Writes files into a folder, all or none, over nothing.
 *
 * @throws UserError with FL3004 and every file that is in the way
 */
export function writeExported(folder: string, files: ReadonlyMap<string, string>): WrittenExport {
  const shown = relative(process.cwd(), folder) || ".";
  const written: WrittenExport = { folder: shown, added: [], unchanged: [] };
  const inTheWay: string[] = [];
  for (const [path, text] of files) {
    const file = join(folder, path);
    if (!existsSync(file)) written.added.push(path);
    else if (textOf(file) === text) written.unchanged.push(path);
    else inTheWay.push(`  ${join(shown, path)}`);
  }
  if (inTheWay.length > 0)
    throw new UserError(
      coded(
        "FL3004",
        `${counted(inTheWay.length, "file")} in the way, with other contents. Nothing was written.\n${inTheWay.join("\n")}\n  fix: another folder by --out, or remove them.`,
      ),
    );
  try {
    writeAll(folder, new Map([...files].map(([path, text]) => [path, { text }])), written.added, []);
  } catch (error) {
    throw new UserError(`${shown} can't be written: ${(error as Error).message}`);
  }
  return written;
}

/** Undefined for a folder, which is in the way. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** A line for each file. */
export function renderWritten({ folder, added, unchanged }: WrittenExport): string {
  if (added.length === 0) return `Nothing changes: ${counted(unchanged.length, "file")} in ${folder}, as before.\n`;
  return `${counted(added.length, "file")} written:\n${added.map((path) => `  ${join(folder, path)}\n`).join("")}`;
}
