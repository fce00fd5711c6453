import { createHash } from "node:crypto";

import type { ScriptedImage } from "../state";

const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** An image of several platforms, as ECR has it: an index. @param platforms such as `linux/arm64` */
export function imageIndex(platforms: readonly string[], tag: string): ScriptedImage {
  const manifests = platforms.map((platform) => {
    const [os, architecture, variant] = platform.split("/");
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    return { mediaType, digest: digestOf(`${tag} ${platform}`), size: 1234, platform: { os, architecture, ...(variant && { variant }) } };
  });
  const mediaType = "application/vnd.oci.image.index.v1+json";
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, manifests });
  return { imageDigest: digestOf(manifest), imageTags: [tag], manifest, mediaType };
}

/** An image of one platform, as ECR has it: a manifest, which does not name the platform. */
export function plainImage(tag: string): ScriptedImage {
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const config = { mediaType: "application/vnd.oci.image.config.v1+json", digest: digestOf(`config ${tag}`), size: 999 };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] });
  return { imageDigest: digestOf(manifest), imageTags: [tag], manifest, mediaType };
}
