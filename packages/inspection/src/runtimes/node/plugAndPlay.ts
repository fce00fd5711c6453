import { posix } from "node:path";

import type { Container } from "../../container/container";
import { exists } from "../../programs/toldFile";

/** Yarn's Plug'n'Play finds packages without node_modules. */
export function hasPlugAndPlay(path: string, container: Container): boolean {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    if (exists(`${folder}/.pnp.cjs`, container) || exists(`${folder}/.pnp.js`, container)) return true;
    if (folder === "/") return false;
  }
}
