import { bytesOf, ImageError, imageTypes, sha256, type Descriptor, type Manifest } from "@fairlead/images";

import type { AdmittedManifest } from "./admittedManifest";

/** Bounds of what is read of attachments: anybody who may push to a repository may attach anything to an image. */
export const attachmentLimits = {
  /** Attachments of one image. Cosign adds one for each signature. */
  count: 100,
  /** Bytes of one: a list of all that is in an image (SBOM) has some MiB. */
  bytes: 16 * 1024 ** 2,
  /** Bytes of all. */
  totalBytes: 64 * 1024 ** 2,
};

/** One part of what was attached to an image. */
export interface Attachment {
  mediaType: string;
  /** What the manifest says beside it. Nobody vouches for it. */
  annotations: Record<string, string>;
  bytes: Buffer;
}

/**
 * What was attached to an image in the ways that cosign has: what refers to its digest, and the tags `sha256-….sig` and `sha256-….att`. One after
 * the other, each as it is asked for.
 *
 * @param wanted media types; what has another is passed over
 * @throws ImageError for what can't be read, and for more than is ever attached
 */
export async function* attachments(image: AdmittedManifest, wanted: readonly string[]): AsyncGenerator<Attachment> {
  let total = 0;
  let count = 0;
  for await (const manifest of attachedManifests(image)) {
    for (const layer of manifest.layers ?? []) {
      const { mediaType = "" } = layer;
      if (!wanted.includes(mediaType)) continue;
      count++;
      total += layer.size;
      if (count > attachmentLimits.count || layer.size > attachmentLimits.bytes || total > attachmentLimits.totalBytes)
        throw tooMuch(image, `${count} parts, ${total} bytes`);
      yield { mediaType, annotations: texts(layer.annotations), bytes: await contentOf(image, layer) };
    }
  }
}

async function* attachedManifests(image: AdmittedManifest): AsyncGenerator<Manifest> {
  const { client, repository } = image;
  const { digest } = image.root;
  // Others, such as lists of them, are nothing that cosign attaches.
  const referrers = (await client.referrers(repository, digest)).filter(({ mediaType }) => mediaType === imageTypes[0]);
  if (referrers.length > attachmentLimits.count) throw tooMuch(image, `${referrers.length} manifests`);
  for (const descriptor of referrers) {
    const manifest = await client.manifest(repository, descriptor.digest);
    if (manifest) yield manifest;
  }
  for (const kind of ["sig", "att"]) {
    const manifest = await client.manifest(repository, `${digest.replace(":", "-")}.${kind}`);
    if (manifest) yield manifest;
  }
}

function tooMuch({ client, repository, root }: AdmittedManifest, what: string): ImageError {
  return new ImageError("FL2115", `more is attached to ${client.host}/${repository}@${root.digest} than is read: ${what}`);
}

/** @throws ImageError for bytes that are not what the digest names */
export async function contentOf({ client, repository }: AdmittedManifest, layer: Descriptor): Promise<Buffer> {
  const bytes = await bytesOf(await client.blob(repository, layer), layer.size);
  if (bytes && layer.digest === sha256(bytes)) return bytes;
  throw new ImageError(
    "FL2114",
    `what is attached to ${client.host}/${repository} as ${layer.digest} has other bytes than its digest says`,
  );
}

function texts(annotations: unknown): Record<string, string> {
  const entries = annotations !== null && typeof annotations === "object" ? Object.entries(annotations) : [];
  return Object.fromEntries(entries.filter(([, value]) => typeof value === "string")) as Record<string, string>;
}
