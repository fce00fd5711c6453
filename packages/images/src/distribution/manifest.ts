import { createHash } from "node:crypto";

import { ImageError } from "./imageError";

/** What a manifest says of a part: where it is, by content. */
export interface Descriptor {
  mediaType?: string;
  digest: string;
  size: number;
  platform?: { os?: string; architecture?: string; variant?: string };
  annotations?: Record<string, string>;
  /** What it is, if it is no image: an SBOM, a signature, a chart. */
  artifactType?: string;
}

/** An index or an image manifest, as it was read. */
export interface Manifest {
  digest: string;
  mediaType: string;
  bytes: Buffer;
  /** Of an index. */
  manifests?: Descriptor[];
  /** Both of an image. */
  config?: Descriptor;
  layers?: Descriptor[];
  artifactType?: string;
}

export const indexTypes = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"] as const;
export const imageTypes = ["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json"] as const;

/** A registry refuses a larger one to be pushed (OCI distribution specification). */
export const manifestLimit = 4 * 1024 * 1024;

/** More entries than any image has: what says otherwise wants to keep us busy. */
const entryLimit = 1000;

export function sha256(bytes: Buffer): string {
  return digestOf(bytes, "sha256");
}

function digestOf(bytes: Buffer, algorithm: "sha256" | "sha512"): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}

/**
 * Reads a manifest's bytes.
 *
 * @throws ImageError if they are not what the digest names, or not a manifest that ECS could pull
 */
export function parseManifest(bytes: Buffer, expected: { digest?: string; mediaType?: string; where: string }): Manifest {
  const { where } = expected;
  const digest = digestOf(bytes, expected.digest?.startsWith("sha512:") ? "sha512" : "sha256");
  if (expected.digest && expected.digest !== digest)
    throw new ImageError("FL2114", `the manifest of ${where} is ${digest}, not ${expected.digest}`);
  const value = object(json(bytes, where), where);
  const { manifests, config, layers, schemaVersion } = value;
  if (schemaVersion !== 2) throw new ImageError("FL2117", `the manifest of ${where} has schemaVersion ${shown(schemaVersion)}, not 2`);
  const mediaType = textOf(value.mediaType) ?? expected.mediaType ?? (manifests ? indexTypes[0] : imageTypes[0]);
  const isIndex = (indexTypes as readonly string[]).includes(mediaType);
  if (!isIndex && !(imageTypes as readonly string[]).includes(mediaType))
    throw new ImageError("FL2117", `the manifest of ${where} is a ${mediaType.slice(0, 200)}, which no container runtime pulls`);
  const common = { digest, mediaType, bytes, artifactType: textOf(value.artifactType) };
  if (isIndex) return { ...common, manifests: descriptors(manifests, "manifests", where) };
  return { ...common, config: descriptor(config, "config", where), layers: descriptors(layers, "layers", where) };
}

function descriptors(value: unknown, key: string, where: string): Descriptor[] {
  if (!Array.isArray(value)) throw new ImageError("FL2117", `the manifest of ${where} has no list of ${key}`);
  if (value.length > entryLimit)
    throw new ImageError("FL2115", `the manifest of ${where} has ${value.length} ${key}; ${entryLimit} are read at most`);
  return value.map((item) => descriptor(item, key, where));
}

function descriptor(value: unknown, key: string, where: string): Descriptor {
  const { digest, size, mediaType, platform, annotations, artifactType } = object(value, where);
  if (
    typeof digest !== "string" ||
    !/^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/.test(digest) ||
    !Number.isSafeInteger(size) ||
    Number(size) < 0
  )
    throw new ImageError("FL2117", `the manifest of ${where} describes its ${key} without a digest and a size: ${shown(value)}`);
  return {
    digest,
    size: Number(size),
    mediaType: textOf(mediaType),
    platform: platform as Descriptor["platform"],
    annotations: annotations as Descriptor["annotations"],
    artifactType: textOf(artifactType),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function json(bytes: Buffer, where: string): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new ImageError("FL2117", `${where} is not JSON`);
  }
}

/** A value of somebody else's JSON, for a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return `an object (${Object.keys(value).slice(0, 5).join(", ").slice(0, 80)})`;
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

export function object(value: unknown, where: string): Record<string, unknown> {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new ImageError("FL2117", `${where} holds something else than an object`);
  return value as Record<string, unknown>;
}
