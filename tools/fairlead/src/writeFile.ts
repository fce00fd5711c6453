import { accessSync, constants, existsSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
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
    throw notWritable(file, error as NodeJS.ErrnoException);
  }
}

/**
 * Looks whether a file that is written later can be.
 *
 * @throws UserError where it can't
 */
export function checkWritable(file: string): void {
  if (file === "-") return;
  try {
    if (existsSync(file) && statSync(file).isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch (error) {
    throw notWritable(file, error as NodeJS.ErrnoException);
  }
}

function notWritable(file: string, { code, message }: NodeJS.ErrnoException): UserError {
  const reasons: Record<string, string> = { ENOENT: "there is no such folder", EISDIR: "it is a folder", ENOTDIR: "its folder is a file" };
  return new UserError(`${file} can't be written: ${reasons[code ?? ""] ?? message}.`);
}
