import { posix } from "node:path";

import { childOf, textOf } from "../source/sourceNode";
import type { ServiceTranslation } from "./serviceTranslation";
import { dockerfilePath } from "./steps/image";

/** What is said of a key that becomes a line of a Dockerfile. */
export const addedText =
  "it is a line of a Dockerfile of the service's own, which has all else from the one of the sources. Put the line there as well, and that one can be named again (build.dockerfile).";

/** Whether a service's Dockerfile is here to be read, and so can be had with lines of one's own. */
export function isExtensible(translation: ServiceTranslation): boolean {
  const path = dockerfilePath(translation);
  return path !== undefined && /^\s*FROM\s/im.test(translation.context.files.read(path) ?? "");
}

/** Writes the Dockerfile of a service's sources anew, with the lines that it gets besides at the end of the stage that is built. */
export function extendedDockerfile(translation: ServiceTranslation): void {
  const { addedLines, manifest, context } = translation;
  const path = dockerfilePath(translation);
  if (addedLines.length === 0 || path === undefined) return;
  const lines = (context.files.read(path) ?? "").replace(/\s*$/, "").split(/\r?\n/);
  const stages = lines.flatMap((line, index) => (/^\s*FROM\s/i.test(line) ? [index] : []));
  const build = childOf(translation.node, "build");
  const target = textOf(childOf(build, "target"));
  const named = stages.findIndex((index, number) => String(number) === target || stageName(lines[index]!) === target?.toLowerCase());
  const end = (target === undefined || named < 0 ? undefined : stages[named + 1]) ?? lines.length;
  const head = /^#\s*(?:syntax|escape|check)\s*=/i.test(lines[0]!) ? 1 : 0;
  translation.dockerfile = [
    ...lines.slice(0, head),
    `# ${path}, with what ${posix.basename(translation.place.file)} set besides.`,
    ...lines.slice(head, end),
    ...addedLines,
    ...lines.slice(end),
  ];
  delete (manifest.build as Record<string, unknown> | undefined)?.dockerfile;
}

function stageName(line: string): string | undefined {
  return /\sAS\s+(\S+)\s*$/i.exec(line)?.[1]?.toLowerCase();
}
