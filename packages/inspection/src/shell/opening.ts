import { posix } from "node:path";

import { isIn } from "../container/container";
import { pathOf, type Resolution } from "../files/fileTree";
import { open } from "../programs/toldFile";
import type { Container } from "../container/container";
import { mayEnter, mayWrite, mayWriteInto } from "../container/user";

/** Why a shell can't open a file to read it; undefined where it can, or where that is not known. */
export function readingRefused(path: string, container: Container): string | undefined {
  const opened = open(path, container);
  return opened.kind === "missing" || opened.kind === "closed" ? opened.why : undefined;
}

/** Why a shell can't open a file to write to it, making it where it is not; undefined where it can, or where that is not known. */
export function writingRefused(path: string, container: Container): string | undefined {
  const { tree, identity, volumes = [], writable, workingDirectory } = container;
  const folder = posix.dirname(path);
  const foundFolder = tree.resolve(folder, workingDirectory);
  const found = tree.resolve(path, workingDirectory);
  const places = [posix.resolve(workingDirectory, path), posix.resolve(workingDirectory, folder), placeOf(foundFolder), placeOf(found)];
  if (places.some((place) => isIn(place, volumes))) return undefined;
  if (!foundFolder.found) return `there is no ${foundFolder.at}`;
  const { uid } = identity;
  const closed = foundFolder.searched.find((place) => !mayEnter(place.folder, identity));
  if (closed) return `user ${uid} may not enter ${pathOf(closed)}`;
  if (foundFolder.node.kind !== "directory") return `${foundFolder.path} is no folder`;
  if (found.found && found.node.kind !== "file") return found.node.kind === "directory" ? `it is a folder` : undefined;
  if (writable && !places.some((place) => isIn(place, writable))) return "its root file system is read-only";
  // A link that leads nowhere names what is made.
  if (!found.found && found.link) return undefined;
  if (found.found) return mayWrite(found.node, identity) ? undefined : `user ${uid} may not write to it`;
  return mayWriteInto(foundFolder.node, identity) ? undefined : `user ${uid} may not make files in ${foundFolder.path}`;
}

function placeOf(found: Resolution): string {
  return found.found ? found.path : found.at;
}
