import { ImageError } from "./imageError";
import type { Descriptor, Manifest } from "./manifest";
import type { RegistryClient } from "./registryClient";

/** A repository of a registry. */
export interface RepositoryAddress {
  client: RegistryClient;
  repository: string;
}

/**
 * Copies an image with all that its index names, byte for byte, so that its digest stays the same. What is there already is not sent again;
 * within one registry nothing is sent at all.
 *
 * @throws ImageError if a part can't be read or stored
 */
export async function copyImage(from: RepositoryAddress, digest: string, to: RepositoryAddress, tags: string[]): Promise<void> {
  const manifest = await copyManifest(from, { digest, size: 0 }, to);
  for (const tag of tags) await putTag(to, tag, manifest);
}

/** Tags an image that is there. A tag that is there already stays as it is; one that is another image's is an error. */
export async function putTag({ client, repository }: RepositoryAddress, tag: string, manifest: Manifest): Promise<void> {
  const existing = await client.digestOf(repository, tag);
  if (existing === manifest.digest) return;
  if (existing) throw new ImageError("FL2120", `${client.host}/${repository}:${tag} is ${existing}, not ${manifest.digest}`);
  await client.putManifest(repository, tag, manifest);
}

/** Copies a manifest with all that it names. */
export async function copyManifest(from: RepositoryAddress, { digest }: Descriptor, to: RepositoryAddress): Promise<Manifest> {
  const manifest = await from.client.manifest(from.repository, digest);
  if (!manifest) throw new ImageError("FL2118", `${from.client.host}/${from.repository} has no ${digest}`);
  // Parts first: a registry refuses a manifest whose parts it has not.
  for (const child of manifest.manifests ?? []) await copyManifest(from, child, to);
  for (const blob of [manifest.config, ...(manifest.layers ?? [])]) if (blob) await copyBlob(from, blob, to);
  await to.client.putManifest(to.repository, digest, manifest);
  return manifest;
}

async function copyBlob(from: RepositoryAddress, blob: Descriptor, to: RepositoryAddress): Promise<void> {
  if (await to.client.hasBlob(to.repository, blob.digest)) return;
  const mountFrom = from.client.host === to.client.host ? from.repository : undefined;
  await to.client.putBlob(to.repository, blob, () => from.client.blob(from.repository, blob), mountFrom);
}
