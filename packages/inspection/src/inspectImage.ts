import { statSync, type Stats } from "node:fs";
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
  const stats = statsOf(image);
  if (!stats && looksLikePath.test(image)) throw new ImageError("FL2118", `there is no file or folder ${image}`);
  if (stats?.isDirectory()) return new LayoutSource(image.replace(/\/+$/, ""));
  if (stats?.isFile()) return new ArchiveSource(image);
  if (!parseReference(image))
    throw new ImageError(
      "FL2123",
      `"${image}" is neither a file or folder that is there, nor an image reference (registry/repository:tag or registry/repository@sha256:…)`,
    );
  return new RegistrySource(image, options);
}

/** What no reference to a registry looks like. */
const looksLikePath = /^[./~]|^[A-Za-z]:[\\/]|\\|\.(tar|tgz|tar\.\w+|oci|json)$/;

/** Undefined where nothing is. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EACCES") throw new ImageError("FL2118", `${path} can't be read: permission denied`);
    return undefined;
  }
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
