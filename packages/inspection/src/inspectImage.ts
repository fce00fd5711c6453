import { statSync, type Stats } from "node:fs";
import { basename, dirname } from "node:path";
import { ArchiveSource, ImageError, LayoutSource, RegistrySource, type ImageSource, type RegistryClientOptions } from "@fairlead/images";
import { imageCodes, parseReference, type ImageCode } from "@fairlead/model";

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
  if (stats?.isFile() && partsOfLayouts.includes(basename(image)))
    throw new ImageError("FL2117", `${image} is a part of an OCI image layout. Name the layout's folder: ${dirname(image)}`);
  if (stats?.isFile()) return new ArchiveSource(image);
  if (!parseReference(image))
    throw new ImageError(
      "FL2123",
      `"${image}" is neither a file or folder that is there, nor an image reference (registry/repository:tag or registry/repository@sha256:…)`,
    );
  return new RegistrySource(image, options);
}

const partsOfLayouts = ["index.json", "oci-layout"];

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

type Args = InspectArgs & RegistryClientOptions & { cache?: VerdictCache | false };

/**
 * Inspects an image of a registry, a folder or a file. A digest of a registry that was inspected before is answered from the cache; for a
 * reference by digest the registry is not even asked.
 *
 * @throws ImageError if the image is not there, or can't be reached
 */
export async function inspectImage(
  image: string,
  { platforms, run, cache = new VerdictCache(), ...options }: Args = {},
): Promise<ImageReport> {
  const source = sourceOf(image, options);
  if (!(source instanceof RegistrySource)) return withFixesOnDisk(await inspect(source, { platforms, run }));
  return inspectInRegistry(image, source, { platforms, run, cache }).catch((error: unknown) => {
    throw error instanceof ImageError && mayBeFolder(image)
      ? new ImageError(error.code, `${error.problem}, and there is no file or folder ${image} here`, error.transient)
      : error;
  });
}

async function inspectInRegistry(image: string, source: RegistrySource, { platforms, run, cache }: Args): Promise<ImageReport> {
  if (!cache) return inspect(source, { platforms, run });
  const pinned = parseReference(image)?.digest;
  const root = pinned ? undefined : await source.root();
  const known = cache.get(image, pinned ?? root!.digest, { platforms, run });
  if (known) return known;
  const report = await inspectRoot(source, root ?? (await source.root()), { platforms, run });
  cache.put(report, { platforms, run });
  return report;
}

/** Whether somebody may have meant a folder by what reads as a name of Docker Hub: it names neither a registry nor a version. */
function mayBeFolder(image: string): boolean {
  const [first = "", ...others] = image.split("/");
  const namesRegistry = others.length > 0 && /[.:]|^localhost$/.test(first);
  return !namesRegistry && !/[:@]/.test(image);
}

const copyAgain =
  "Write the folder or file anew (`docker save`, `docker buildx build --output type=oci,dest=…`), or copy it again: it is not whole.";

/** What to do about what a folder or a file has not; the codes' own fixes speak of registries and networks. */
const fixesOnDisk: Partial<Record<ImageCode, string>> = { FL2114: copyAgain, FL2118: copyAgain, FL2121: copyAgain };

function withFixesOnDisk(report: ImageReport): ImageReport {
  const fixed = report.platforms.map((platform) => ({
    ...platform,
    findings: platform.findings.map((found) =>
      found.fix === imageCodes[found.code].fix ? { ...found, fix: fixesOnDisk[found.code] ?? found.fix } : found,
    ),
  }));
  return { ...report, platforms: fixed };
}
