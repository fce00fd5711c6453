import { builtinModules } from "node:module";
import { posix } from "node:path";

import type { Container } from "../start/container";
import { resolveOwnImport, resolvePackage } from "./nodeLookup";
import { resolveExactly, resolvePath, unknown, type Resolved } from "./nodePaths";

const builtins = new Set(builtinModules);

/** Where a specifier leads from a file. */
export function resolveSpecifier(specifier: string, from: string, kind: "module" | "commonjs", container: Container): Resolved {
  const folder = posix.dirname(from);
  if (/^(\.{1,2}(\/|$)|\/)/.test(specifier)) {
    const path = posix.resolve(folder, specifier) + (/\/\.{0,2}$/.test(specifier) ? "/" : "");
    if (kind === "commonjs") return resolvePath(path, container);
    return /[?#%]/.test(specifier) ? unknown : resolveExactly(path, container);
  }
  if (specifier.startsWith("#")) return resolveOwnImport(specifier, folder, kind, container);
  // Aliases of tools, URLs.
  if (!/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(\/|$)/i.test(specifier) || specifier.includes(":") || builtins.has(specifier)) return unknown;
  return resolvePackage(specifier, folder, kind, container);
}
