import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureCertificates } from "@fairlead/local";
import { writeKnown } from "./known";
import { secretsFile, type OpenLocal } from "./openLocal";
import { writeWhole } from "./place";
import { checkSecrets } from "./secrets";

/** Writes the Compose file where `up` and others find it, and what those need to know that only look. */
export function writeCompose(local: OpenLocal): void {
  const { folder } = local.place;
  writeWhole(noVariables(folder), "");
  writeKnown(local);
  writeWhole(composeFile(folder), local.text);
}

export const composeFile = (folder: string): string => join(folder, "compose.yaml");

/** In the place of a file of secrets: without one Compose reads the repository's own `.env`, which is for others. */
const noVariables = (folder: string): string => join(folder, "none.env");

/** Sees to it that all is there which Compose needs. @returns whether the certificates are of another authority than before @throws UserError where a person has to fill in something; nothing was written then */
export async function prepare(local: OpenLocal): Promise<boolean> {
  checkSecrets(local);
  writeCompose(local);
  const { root } = local.project;
  return ensureCertificates({ root, folder: relative(root, local.place.folder) }, local.environment.certificates);
}

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
    "--env-file",
    existsSync(secrets) ? secrets : noVariables(place.folder),
  ];
}
