import { posix } from "node:path";

import type { Finding } from "../../finding";
import type { Container } from "../../container/container";
import type { Loading } from "../nativeLoading";
import { NodePackages } from "./nodePackages";
import { packageFolder } from "./nodeLookup";
import { nativeFinding } from "./nodeWalk";
import { namesIn, open } from "../../programs/toldFile";

/** The package that a program belongs to, if it is tsx's own command. */
export function folderOfTsx(path: string): string | undefined {
  return path.endsWith("/node_modules/tsx/dist/cli.mjs") ? posix.dirname(posix.dirname(path)) : undefined;
}

/**
 * tsx hands each source of TypeScript to esbuild, which fails without its part for the platform.
 *
 * @param folder of tsx
 * @param program that it is told to run
 */
export function tsxProblem(folder: string, program: string | undefined, container: Container, loading: Loading): Finding | undefined {
  if (program === undefined || !/\.[cm]?tsx?$/.test(program) || open(program, container).kind !== "file") return undefined;
  const esbuild = container.environment.has("ESBUILD_BINARY_PATH") ? undefined : packageFolder("esbuild", folder, container);
  // Its install script downloads what the package manager left out.
  if (esbuild === undefined || namesIn(`${esbuild}/lib`, container.tree).some((name) => name.startsWith("downloaded-"))) return undefined;
  const problem = new NodePackages(container, loading).nativeProblem(esbuild);
  return problem === undefined ? undefined : nativeFinding(esbuild, problem, "tsx");
}
