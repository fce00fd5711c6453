import { writeFileSync } from "node:fs";
import { UserError } from "@fairlead/model";

/**
 * Writes what an option names.
 *
 * @param file `-` for standard output
 * @throws UserError where the file can't be written
 */
export function writeFile(file: string, text: string): void {
  if (file === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such folder" : code === "EISDIR" ? "it is a folder" : (error as Error).message;
    throw new UserError(`${file} can't be written: ${reason}.`);
  }
}
