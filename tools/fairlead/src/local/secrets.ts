import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { coded, UserError } from "@fairlead/model";

import { secretsFile, type OpenLocal } from "./openLocal";
import { secretLines } from "./secretLines";

/**
 * Sees to it that each secret has a value, and that Compose, which alone takes them, takes them as they stand.
 *
 * @throws UserError with all that are missing or would be read otherwise; no value is in it
 */
export function checkSecrets({ project, environment: { neededSecrets } }: OpenLocal): void {
  const file = secretsFile(project);
  const lines = secretLines(existsSync(file) ? readFileSync(file, "utf8") : "");
  const missing = neededSecrets.filter(({ variable }) => !lines.some(({ name }) => name === variable));
  const misread = lines.flatMap(({ line, name, problem }) =>
    problem === undefined ? [] : [`  ${file}:${line}  ${name ?? "the line"} ${problem}`],
  );
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
          "Compose would read these otherwise than they stand, or not at all:",
          ...misread,
          "Write them as NAME='value'; between single quotes a value may have more than one line.",
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

/** The same of the secrets alone. */
export const secretsDigest = (local: Pick<OpenLocal, "project" | "place">): string => digestWith(local, local.place.project);
