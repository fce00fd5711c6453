import { posix } from "node:path";

import type { TaskBuild } from "../task/task";
import type { ComposeWatch } from "./model";

/**
 * What Compose builds a service again for: the Dockerfile, and what it takes of its context. A path ends before its first wildcard or variable. Compose itself leaves out
 * what `.dockerignore` does. The action is `rebuild`: nothing can be copied into a container whose root is read-only, as tasks' are.
 *
 * @param sources as the Dockerfile has them, below the context
 * @see https://docs.docker.com/reference/compose-file/develop/#watch
 */
export function composeWatch(
  { context, dockerfile }: Pick<TaskBuild, "context" | "dockerfile">,
  sources: readonly string[],
): ComposeWatch[] {
  const paths = [dockerfile, ...sources.map((source) => posix.join(context, fixedPart(source)))].map(normal);
  const outermost = [...new Set(paths)].filter((path, _, all) => !all.some((other) => other !== path && isBelow(path, other)));
  return outermost.sort().map((path) => ({
    action: "rebuild",
    path: path === "." ? "." : `./${path}`,
    ...(path !== normal(dockerfile) && { ignore: ["**/node_modules"] }),
  }));
}

/** `src/*.js` is in `src`, and nothing leads out of the context. */
function fixedPart(source: string): string {
  const segments = posix.normalize(`/${source}`).split("/");
  const varies = segments.findIndex((segment) => /[*?[\]\\$]/.test(segment));
  return segments.slice(0, varies < 0 ? segments.length : varies).join("/");
}

const normal = (path: string) => posix.normalize(path).replace(/(?<=.)\/$/, "");

const isBelow = (path: string, folder: string) => folder === "." || path.startsWith(`${folder}/`);
