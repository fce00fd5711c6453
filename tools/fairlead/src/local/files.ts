import { existsSync } from "node:fs";
import { join } from "node:path";
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
