import { existsSync, statSync } from "node:fs";

import { ArchiveSource } from "../distribution/archiveSource";
import { LayoutSource } from "../distribution/layoutSource";
import { parseReference } from "../distribution/reference";
import type { RegistryClientOptions } from "../distribution/registryClient";
import { RegistrySource, type ImageSource } from "../distribution/source";
import { inspect, type ImageReport, type InspectArgs } from "./inspect";
import { VerdictCache } from "./verdictCache";

/** Where an image is: an OCI layout if it is a folder, a `docker save` file if it is a file, else a reference to a registry. */
export function sourceOf(image: string, options?: RegistryClientOptions): ImageSource {
  const stats = /^[./~]|\.tar$/.test(image) || existsSync(image) ? statSync(image, { throwIfNoEntry: false }) : undefined;
  if (stats?.isDirectory()) return new LayoutSource(image.replace(/\/+$/, ""));
  return stats?.isFile() ? new ArchiveSource(image) : new RegistrySource(image, options);
}

/**
 * Inspects an image of a registry, a folder or a file. What is named by digest and was inspected before is answered from the cache, without
 * asking the registry.
 *
 * @throws ImageError if the image is not there, or can't be reached
 */
export async function inspectImage(
  image: string,
  args: InspectArgs & RegistryClientOptions & { cache?: VerdictCache | false } = {},
): Promise<ImageReport> {
  const { cache = new VerdictCache(), platforms, run } = args;
  const digest = existsSync(image) ? undefined : parseReference(image)?.digest;
  const known = cache && digest ? cache.get(image, digest, { platforms, run }) : undefined;
  if (known) return known;
  const report = await inspect(sourceOf(image, args), { platforms, run });
  if (cache) cache.put(report, { platforms, run });
  return report;
}
