import { posix } from "node:path";
import type { SecretReference } from "@fairlead/foundation";
import { platforms, type CpuArchitecture } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";

import type { ContainerArgs } from "./container";
import type { ContainerDefinition } from "./containerDefinitions";
import { writableMounts } from "./taskVolumes";

/** Name of the container that writes secrets into files. */
export const secretFilesContainer = "secret-files";
const image = "public.ecr.aws/docker/library/busybox:1.37.0";

type Files = Readonly<Record<string, SecretReference>>;

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const foldersOf = (files: Files) => [...new Set(Object.keys(files).map((path) => posix.dirname(path)))].sort();

/**
 * The container that writes secrets into files of a volume that goes with the task, and ends before the others start: ECS itself hands secrets over as variables
 * alone. It is root, as such a volume is root's; anybody in the task may read the files.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
 */
export function secretFilesWriter(files: Files): ContainerArgs<CpuArchitecture> {
  const all = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const variable = (index: number) => `FILE_${index + 1}`;
  return {
    image: new ExternalImage(image, platforms),
    entryPoint: ["sh", "-c"],
    command: [["umask 022", ...all.map(([path], index) => `printf %s "$${variable(index)}" > ${quoted(path)}`)].join(" && ")],
    secrets: Object.fromEntries(all.map(([, secret], index) => [variable(index), secret])),
    user: "0",
    writableMounts: foldersOf(files),
    essential: false,
  };
}

/** Where the task's own containers find the files. */
export function secretFileMounts(files: Files): ContainerDefinition["mounts"] {
  return writableMounts(secretFilesContainer, foldersOf(files)).map((mount) => ({ ...mount, readOnly: true }));
}
