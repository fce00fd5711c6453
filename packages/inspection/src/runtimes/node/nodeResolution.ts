import { builtinModules } from "node:module";
import { posix } from "node:path";

import type { Container } from "../../container/container";
import { resolveOwnImport, resolvePackage } from "./nodeLookup";
import { resolveExactly, resolvePath, unknown, type Resolved } from "./nodePaths";

const builtins = new Set(builtinModules);

/** Names of packages, of folders that packages make (`.prisma`), and of what people call their own source folder (`@/`, `~/`). */
const asPackage = /^((@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(\/|$)|[@~]\/\w|\.\w)/i;

/** Where a specifier leads from a file. */
export function resolveSpecifier(specifier: string, from: string, kind: "module" | "commonjs", container: Container): Resolved {
  const folder = posix.dirname(from);
  if (/^(\.{1,2}(\/|$)|\/)/.test(specifier)) {
    const path = posix.resolve(folder, specifier) + (/\/\.{0,2}$/.test(specifier) ? "/" : "");
    if (kind === "commonjs") return resolvePath(path, container);
    return /[?#%]/.test(specifier) ? unknown : resolveExactly(path, container);
  }
  if (specifier.startsWith("#")) return resolveOwnImport(specifier, folder, kind, container);
  // URLs, and what no package is called.
  if (!asPackage.test(specifier) || specifier.includes(":") || builtins.has(specifier)) return unknown;
  return resolvePackage(specifier, folder, kind, container);
}
