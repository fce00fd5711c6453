import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { coded, UserError } from "@fairlead/model";

import { secretsFile, type OpenLocal } from "./openLocal";

/**
 * Sees to it that each secret has a value, and that Compose, which alone takes them, takes them as they stand.
 *
 * @throws UserError with all that are missing or would be read otherwise; no value is in it
 */
export function checkSecrets({ project, environment: { neededSecrets } }: OpenLocal): void {
  const file = secretsFile(project);
  const entries = entriesIn(existsSync(file) ? readFileSync(file, "utf8") : "");
  const missing = neededSecrets.filter(({ variable }) => !entries.some(({ name }) => name === variable));
  const misread = entries.filter(({ name, value }) => neededSecrets.some(({ variable }) => variable === name) && isMisread(value));
  const problems = [
    ...(missing.length > 0
      ? [
          `${missing.length === 1 ? "A secret has" : `${missing.length} secrets have`} no value on this machine:`,
          ...missing.map(({ variable, task, name }) => `  ${variable}  ${task}${name === variable ? "" : ` gets it as ${name}`}`),
          `Add \`NAME='value'\` for each to ${file}, which git ignores.`,
        ]
      : []),
    ...(misread.length > 0
      ? [
          "Compose would read these otherwise than they stand, as variables or comments:",
          ...misread.map(({ name, line }) => `  ${file}:${line}  ${name} has a \`$\` or \` #\` outside of single quotes`),
          "Write them as NAME='value'.",
        ]
      : []),
  ];
  if (problems.length > 0) throw new UserError(coded("FL2702", [...problems, "Nothing was started."].join("\n")));
}

/** Another one once a secret has another value. It tells none: it is that of all of them, with a text. */
export function digestWith({ project }: Pick<OpenLocal, "project">, text: string): string {
  const file = secretsFile(project);
  const hash = createHash("sha256").update(text);
  return (existsSync(file) ? hash.update(readFileSync(file)) : hash).digest("hex");
}

interface Entry {
  name: string;
  /** As it is written, with its quotes. */
  value: string;
  line: number;
}

/** @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax */
function entriesIn(text: string): Entry[] {
  return text.split("\n").flatMap((line, index) => {
    const [, name, value] = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*[=:](.*)$/.exec(line.replace(/\r$/, "")) ?? [];
    return name === undefined ? [] : [{ name, value: value!.trim(), line: index + 1 }];
  });
}

function isMisread(value: string): boolean {
  if (value.startsWith("'")) return false;
  return value.includes("$") || (!value.startsWith('"') && /\s#/.test(value));
}
