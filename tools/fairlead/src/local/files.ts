import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { coded, UserError } from "@fairlead/model";

import { secretsFile, type OpenLocal } from "./openLocal";
import { writeWhole } from "./place";

/** Writes the Compose file where `up` and others find it. */
export function writeCompose({ place, text }: OpenLocal): string {
  const file = composeFile(place.folder);
  writeWhole(file, text);
  return file;
}

export const composeFile = (folder: string): string => join(folder, "compose.yaml");

/** Arguments by which Compose finds an environment. */
export function composeArguments({ place, project }: Pick<OpenLocal, "place" | "project">): string[] {
  const secrets = secretsFile(project);
  return [
    "--project-name",
    place.project,
    "--project-directory",
    project.root,
    "--file",
    composeFile(place.folder),
    ...(existsSync(secrets) ? ["--env-file", secrets] : []),
  ];
}

/**
 * Sees to it that each secret has a value. Their values are read by Compose alone.
 *
 * @throws UserError with all that are missing
 */
export function checkSecrets({ project, environment: { neededSecrets } }: OpenLocal): void {
  const file = secretsFile(project);
  const there = existsSync(file) ? namesIn(readFileSync(file, "utf8")) : new Set<string>();
  const missing = neededSecrets.filter(({ variable }) => !there.has(variable));
  if (missing.length === 0) return;
  const lines = missing.map(({ variable, task, name }) => `  ${variable}  ${task}${name === variable ? "" : ` gets it as ${name}`}`);
  throw new UserError(
    [
      coded("FL2702", `${missing.length === 1 ? "A secret has" : `${missing.length} secrets have`} no value on this machine:`),
      ...lines,
      `Add \`NAME=value\` for each to ${file}, which git ignores. Nothing was started.`,
    ].join("\n"),
  );
}

/** @see https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax */
function namesIn(text: string): Set<string> {
  return new Set([...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=/gm)].map(([, name]) => name!));
}
