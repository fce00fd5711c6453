import { sign, type KeyObject } from "node:crypto";
import { Readable } from "node:stream";
import { imageTypes, sha256, type RegistryClient } from "@fairlead/images";
import { parseReference } from "@fairlead/model";

/** Signs `registry/repository@digest` as `cosign sign --key` does: a statement about the digest, under a tag that the digest names. */
export async function signImage(client: RegistryClient, image: string, privateKey: KeyObject): Promise<void> {
  const { repository, digest } = parseReference(image)!;
  const identity = { "docker-reference": image.split("@")[0] };
  const payload = Buffer.from(
    JSON.stringify({
      critical: { identity, image: { "docker-manifest-digest": digest }, type: "cosign container image signature" },
      optional: null,
    }),
  );
  const put = async (bytes: Buffer, mediaType: string) => {
    const descriptor = { mediaType, digest: sha256(bytes), size: bytes.length };
    await client.putBlob(repository, descriptor, () => Readable.from([bytes]));
    return descriptor;
  };
  const annotations = { "dev.cosignproject.cosign/signature": sign("sha256", payload, privateKey).toString("base64") };
  const manifest = {
    ...{ schemaVersion: 2, mediaType: imageTypes[0] },
    config: await put(Buffer.from("{}"), "application/vnd.oci.image.config.v1+json"),
    layers: [{ ...(await put(payload, "application/vnd.dev.cosign.simplesigning.v1+json")), annotations }],
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  await client.putManifest(repository, `${digest!.replace(":", "-")}.sig`, { bytes, mediaType: imageTypes[0], digest: sha256(bytes) });
}
