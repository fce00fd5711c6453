import { statSync } from "node:fs";
import { ArchiveSource, ImageError, LayoutSource, RegistrySource, type ImageSource, type RegistryClientOptions } from "@fairlead/images";
import { parseReference } from "@fairlead/model";

import { inspect, inspectRoot, type ImageReport, type InspectArgs } from "./inspect";
import { VerdictCache } from "./verdictCache";

/**
 * Where an image is: an OCI layout if it is a folder, a `docker save` file if it is a file, else a reference to a registry.
 *
 * @throws ImageError for a path where nothing is
 */
export function sourceOf(image: string, options?: RegistryClientOptions): ImageSource {
  const stats = statSync(image, { throwIfNoEntry: false });
  if (!stats && /^[./~]|\.tar$/.test(image)) throw new ImageError("FL2118", `there is no file or folder ${image}`);
  if (stats?.isDirectory()) return new LayoutSource(image.replace(/\/+$/, ""));
  return stats?.isFile() ? new ArchiveSource(image) : new RegistrySource(image, options);
}

/**
 * Inspects an image of a registry, a folder or a file. A digest of a registry that was inspected before is answered from the cache; for a
 * reference by digest the registry is not even asked.
 *
 * @throws ImageError if the image is not there, or can't be reached
 */
export async function inspectImage(
  image: string,
  { platforms, run, cache = new VerdictCache(), ...options }: InspectArgs & RegistryClientOptions & { cache?: VerdictCache | false } = {},
): Promise<ImageReport> {
  const source = sourceOf(image, options);
  if (!cache || !(source instanceof RegistrySource)) return inspect(source, { platforms, run });
  const pinned = parseReference(image)?.digest;
  const root = pinned ? undefined : await source.root();
  const known = cache.get(image, pinned ?? root!.digest, { platforms, run });
  if (known) return known;
  const report = await inspectRoot(source, root ?? (await source.root()), { platforms, run });
  cache.put(report, { platforms, run });
  return report;
}
