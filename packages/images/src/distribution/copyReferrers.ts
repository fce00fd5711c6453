import { copyManifest, type RepositoryAddress } from "./copyImage";
import { imageTypes, indexTypes, sha256, type Descriptor } from "./manifest";

/** Attachments of one image that are copied: more are none of cosign's. */
const most = 100;

/**
 * Copies what cosign attached to an image, signatures and attestations: what refers to its digest, and the tags that its digest names. What is there
 * already stays. Where the registry lists no referrers, a tag takes the list's place, as the specification asks of clients.
 *
 * @throws ImageError if a part can't be read or stored
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject
 */
export async function copyReferrers(from: RepositoryAddress, digest: string, to: RepositoryAddress): Promise<void> {
  for (const kind of ["sig", "att"]) {
    const tag = `${digest.replace(":", "-")}.${kind}`;
    const attached = await from.client.manifest(from.repository, tag);
    if (!attached || (await to.client.digestOf(to.repository, tag))) continue;
    await copyManifest(from, { digest: attached.digest, size: 0 }, to);
    await to.client.putManifest(to.repository, tag, attached);
  }
  const referrers = (await from.client.referrers(from.repository, digest))
    .filter(({ mediaType }) => mediaType === imageTypes[0])
    .slice(0, most);
  if (referrers.length === 0) return;
  for (const referrer of referrers) await copyManifest(from, referrer, to);
  await listThem(referrers, digest, to);
}

async function listThem(referrers: Descriptor[], digest: string, { client, repository }: RepositoryAddress): Promise<void> {
  const listed = await client.referrers(repository, digest);
  const missing = referrers.filter((referrer) => !listed.some((other) => other.digest === referrer.digest));
  if (missing.length === 0) return;
  const manifests = [...listed, ...missing];
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexTypes[0], manifests }));
  await client.putManifest(repository, digest.replace(":", "-"), { bytes, mediaType: indexTypes[0], digest: sha256(bytes) });
}
