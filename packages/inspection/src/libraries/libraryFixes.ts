import { posix } from "node:path";

import type { Directory, FileTree } from "../files/fileTree";
import type { Lacking, LoaderKind } from "./libraries";
import type { Loaded, PassedOver, SearchContext } from "./loaded";
import { packageOf } from "./libraryPackages";

const sameBase = "build it FROM the same distribution and version as the last stage";

/** What to do about a library that is not found. */
export function lackingFix(
  { name, by }: Lacking,
  kind: LoaderKind,
  passedOver: PassedOver | undefined,
  loaded: readonly Loaded[],
  { tree, program }: SearchContext,
): string {
  if (passedOver) return `RUN chmod a+rX ${passedOver.path}, and the folders that it is in.`;
  if (kind === "musl" && /^ld-linux|^libc\.so\.6$/.test(name))
    return `${by.path} was built for glibc (Debian, Ubuntu), the image has musl (Alpine): build it on Alpine, or use a glibc base image.`;
  if (kind === "glibc" && /^libc\.musl-/.test(name))
    return `${by.path} was built for musl (Alpine), the image has glibc: build it on the image's own base.`;
  const path = pathOf(posix.basename(name), tree);
  if (path) return placedFix(path, kind, program);
  const install = packageOf(name, kind, tree);
  return install
    ? `${install}; or copy it from the stage that built the program.`
    : `Install the package that has it, or copy it from the stage that built the program and, for glibc, RUN ldconfig: ${sameBase}.`;
}

function placedFix(path: string, kind: LoaderKind, program: Loaded): string {
  const folder = posix.dirname(path);
  const isUsual = /^(\/usr)?(\/local)?\/lib(64|\/[\w-]+-linux-gnu)?$/.test(folder);
  if (kind === "glibc" && isUsual)
    return `It is at ${path}, which /etc/ld.so.cache doesn't name: RUN ldconfig in the last stage, after it is copied.`;
  return `It is at ${path}: add ENV LD_LIBRARY_PATH=${folder} to the Dockerfile, or link ${posix.basename(program.path)} with -Wl,-rpath,${folder}.`;
}

/** What to do about a version that a library doesn't have. */
export function versionFix(library: string, version: string, { path }: Loaded, context: SearchContext): string {
  const newer = /^(GLIBC|GLIBCXX|CXXABI|GCC)_/.test(version);
  if (!newer) return `${path} was built with a newer ${library} than the image has: ${sameBase}.`;
  return `${path} was built on a newer distribution than the image's: ${sameBase}, or take a newer base image for the last stage${
    path === context.program.path ? ", or link it statically" : ""
  }.`;
}

/** Where in the image a file of this name is. */
function pathOf(name: string, tree: FileTree): string | undefined {
  const folders: [string, Directory][] = [["", tree.root]];
  for (let at = 0; at < folders.length; at++) {
    const [path, { entries }] = folders[at]!;
    if (entries.has(name) && entries.get(name)!.kind !== "directory") return `${path}/${name}`;
    for (const [entry, node] of entries) if (node.kind === "directory") folders.push([`${path}/${entry}`, node]);
  }
  return undefined;
}
