import { posix } from "node:path";

import { dockerfilePath } from "./steps/image";
import type { ServiceTranslation } from "./serviceTranslation";

/** Lines of the Dockerfile that is written for a service whose image gets files or settings of its own. */
export function baseLines(translation: ServiceTranslation): string[] {
  return (translation.dockerfile ??= []);
}

/** `working_dir` and `stop_signal`: what an image says by WORKDIR and STOPSIGNAL, and a task does not. */
export function imageSettings(translation: ServiceTranslation): void {
  for (const [key, instruction] of [
    ["working_dir", "WORKDIR"],
    ["stop_signal", "STOPSIGNAL"],
  ] as const) {
    const field = translation.root.at(key);
    const value = field?.text();
    if (!field || value === undefined) continue;
    const path = dockerfilePath(translation);
    if (path === undefined) {
      baseLines(translation).push(`${instruction} ${value}`);
      field.claim({ outcome: "changed", to: "build.dockerfile", text: "it is said in an image of the service's own." });
      continue;
    }
    const text = translation.context.files.read(path) ?? "";
    const last = [...text.matchAll(new RegExp(`^\\s*${instruction}\\s+(\\S+)`, "gim"))].at(-1)?.[1];
    if (last?.replace(/\/$/, "") === value.replace(/\/$/, ""))
      field.claim({ outcome: "exact", to: undefined, text: "the Dockerfile says the same." });
    else field.claim();
  }
}

/** Builds a service's image from the one that it was, where files or settings of its own go into it. */
export function ownDockerfile(translation: ServiceTranslation): void {
  const { dockerfile, manifest } = translation;
  if (!dockerfile || typeof manifest.image !== "string") return;
  const { image } = manifest;
  delete manifest.image;
  const file = posix.basename(translation.place.file);
  dockerfile.unshift(`# What ${file} mounted and set is in the image here.`, `FROM ${image}`);
  const context = translation.here(".", translation.node);
  if (context !== ".") translation.set("build.context", context);
}
