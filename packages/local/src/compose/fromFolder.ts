import { isAbsolute, relative, resolve, sep } from "node:path";

import type { ComposeFile, ComposeService } from "./model";

/**
 * The same file for another folder: paths that began at the repository begin there, where `docker compose up` looks for them without an option.
 *
 * @param root the repository, absolute
 * @param folder where the file will lie, absolute
 */
export function fromFolder(file: ComposeFile, root: string, folder: string): ComposeFile {
  const moved = (path: string) => (isAbsolute(path) ? path : here(relative(folder, resolve(root, path)).split(sep).join("/")));
  const service = (each: ComposeService): ComposeService => ({
    ...each,
    ...(each.build && { build: { ...each.build, context: moved(each.build.context) } }),
    ...(each.develop && { develop: { watch: each.develop.watch.map((watch) => ({ ...watch, path: moved(watch.path) })) } }),
    ...(each.volumes && {
      volumes: each.volumes.map((mount) =>
        mount.type === "bind" && mount.source !== undefined ? { ...mount, source: moved(mount.source) } : mount,
      ),
    }),
  });
  return { ...file, services: Object.fromEntries(Object.entries(file.services).map(([name, each]) => [name, service(each)])) };
}

/** Compose takes a path for one that begins with a dot. */
const here = (path: string) => (path.startsWith("..") ? path : path === "" ? "." : `./${path}`);
