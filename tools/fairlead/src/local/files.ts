import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { ensureCertificates } from "@fairlead/local";
import { secretsFile, type OpenLocal } from "./openLocal";
import { writeWhole } from "./place";
import { checkSecrets } from "./secrets";

/** Writes the Compose file where `up` and others find it. */
export function writeCompose({ place, text }: OpenLocal): string {
  const file = composeFile(place.folder);
  writeWhole(file, text);
  return file;
}

export const composeFile = (folder: string): string => join(folder, "compose.yaml");

/** Sees to it that all is there which Compose needs. @throws UserError where a person has to fill in something; nothing was written then */
export async function prepare(local: OpenLocal): Promise<void> {
  checkSecrets(local);
  writeCompose(local);
  const { root } = local.project;
  await ensureCertificates({ root, folder: relative(root, local.place.folder) }, local.environment.certificates);
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
    ...(existsSync(secrets) ? ["--env-file", secrets] : []),
  ];
}
