import { LayoutSource, type Manifest, type RegistryClient } from "@fairlead/images";

/** Puts the image of an OCI layout into a repository, under a tag; returns its digest. */
export async function pushLayout(layout: string, client: RegistryClient, repository: string, tag: string): Promise<string> {
  const source = new LayoutSource(layout);
  const root = await source.root();
  const images = root.manifests ? await Promise.all(root.manifests.map((descriptor) => source.manifest(descriptor))) : [root];
  for (const image of images) await pushImage(source, image, client, repository);
  if (root.manifests) await client.putManifest(repository, root.digest, root);
  await client.putManifest(repository, tag, root);
  return root.digest;
}

async function pushImage(source: LayoutSource, image: Manifest, client: RegistryClient, repository: string): Promise<void> {
  for (const blob of [image.config!, ...image.layers!])
    if (!(await client.hasBlob(repository, blob.digest))) await client.putBlob(repository, blob, () => source.blob(blob));
  await client.putManifest(repository, image.digest, image);
}
