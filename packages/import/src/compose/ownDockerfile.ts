import { posix } from "node:path";
import { likelySecret } from "@fairlead/model";

import { addedText, isExtensible } from "./extendedDockerfile";
import type { Copy, ServiceTranslation } from "./serviceTranslation";
import { withHosts } from "./sourceMentions";
import { dockerfilePath } from "./steps/image";

/** Lines of the Dockerfile that is written for a service whose image gets files or settings of its own. */
export function baseLines(translation: ServiceTranslation): string[] {
  return (translation.dockerfile ??= []);
}

/** `stop_signal`: what an image says by STOPSIGNAL. */
export function imageSettings(translation: ServiceTranslation): void {
  const field = translation.root.at("stop_signal");
  const value = field?.text();
  if (!field || value === undefined) return;
  const path = dockerfilePath(translation);
  if (path === undefined) {
    baseLines(translation).push(`STOPSIGNAL ${value}`);
    return field.claim({ outcome: "changed", to: "build.dockerfile", text: "it is said in an image of the service's own." });
  }
  const text = translation.context.files.read(path) ?? "";
  const last = [...text.matchAll(/^\s*STOPSIGNAL\s+(\S+)/gim)].at(-1)?.[1];
  if (last === value) return field.claim({ outcome: "exact", to: undefined, text: "the Dockerfile says the same." });
  if (isExtensible(translation)) {
    translation.addedLines.push(`STOPSIGNAL ${value}`);
    return field.claim({ outcome: "changed", to: "build.dockerfile", text: addedText });
  }
  field.claim({
    outcome: "decide",
    to: undefined,
    text: "It is the image's own here: write STOPSIGNAL into the Dockerfile, which is not here to be read.",
  });
}

/**
 * Builds a service's image from the one that it was, where files or settings of its own go into it. Single files are written beside the manifest, with the names
 * by which services find each other here; folders are taken from the sources.
 */
export function ownDockerfile(translation: ServiceTranslation, callable: readonly ServiceTranslation[], domain: string): void {
  const { dockerfile = [], copies, manifest } = translation;
  if (typeof manifest.image !== "string" || (translation.dockerfile === undefined && copies.length === 0)) return;
  const written = copies.every(({ isFile }) => isFile) ? ownTexts(translation, callable, domain) : undefined;
  const lines = copies.flatMap((copy) => {
    const name = written ? written.get(copy) : copy.inContext;
    return name === undefined ? [] : [`COPY ${JSON.stringify([name, copy.target])}`];
  });
  if (lines.length + dockerfile.length === 0) return;
  const { image } = manifest;
  delete manifest.image;
  translation.dockerfile = [
    `# What ${posix.basename(translation.place.file)} mounted and set is in the image here.`,
    `FROM ${image}`,
    ...lines,
    ...dockerfile,
  ];
  const folder = translation.here(".", translation.node);
  if (!written && folder !== ".") translation.set("build.context", folder);
}

/** The names under which mounted files are written beside the manifest. One that may hold a secret is not written. */
function ownTexts(translation: ServiceTranslation, callable: readonly ServiceTranslation[], domain: string): Map<Copy, string> {
  const names = new Map<Copy, string>();
  for (const copy of translation.copies) {
    const text = translation.context.files.read(copy.path) ?? "";
    if (text.split("\n").some((line) => likelySecret("", line.trim()))) {
      copy.field.claim({
        outcome: "decide",
        to: undefined,
        text: "It holds what may be a secret, and was not taken over: let the program read that from a variable, under secrets, and COPY the rest into the image.",
      });
      continue;
    }
    const base = posix.basename(copy.path);
    const name = translation.files.has(base) || base === "Dockerfile" || base === "service.yaml" ? `${names.size + 1}-${base}` : base;
    const resolved = callable.reduce(
      (all, other) => (translation.mentions.has(other.key) ? withHosts(all, other.hosts, `${other.service}.${domain}`) : all),
      text,
    );
    names.set(copy, name);
    translation.files.set(name, resolved);
    translation.ownFiles.add(copy.path);
    if (resolved !== text)
      copy.field.claim({
        outcome: "changed",
        to: name,
        text: "it is in an image of the service's own, and names other services as the environment's DNS does.",
      });
  }
  return names;
}
