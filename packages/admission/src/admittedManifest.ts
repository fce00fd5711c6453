import { ImageError, type Descriptor, type Manifest, type RegistryClient } from "@fairlead/images";
import { parseReference } from "@fairlead/model";

/** An image as its registry has it, with the part that a task's platform takes. */
export interface AdmittedManifest {
  client: RegistryClient;
  repository: string;
  /** What the reference names: an index, or an image. */
  root: Manifest;
  /** Digest of the platform's own image; the root's, where that is no index. Undefined where the index has none. */
  platformDigest: string | undefined;
}

/** @throws ImageError for a reference without a digest, since what a tag means may change meanwhile, and for what can't be read */
export async function readManifest(image: string, platform: string, clientOf: (host: string) => RegistryClient): Promise<AdmittedManifest> {
  const reference = parseReference(image);
  if (!reference?.digest) throw new ImageError("FL2123", `"${image}" has no digest`);
  const { registry, repository, digest } = reference;
  const client = clientOf(registry);
  const root = await client.manifest(repository, digest);
  if (!root) throw new ImageError("FL2118", `${registry}/${repository} has no ${digest}`);
  return { client, repository, root, platformDigest: root.manifests ? platformOf(root.manifests, platform)?.digest : digest };
}

function platformOf(manifests: Descriptor[], wanted: string): Descriptor | undefined {
  return manifests.find(({ platform, annotations }) => {
    const isAttestation = annotations?.["vnd.docker.reference.type"] !== undefined;
    return !isAttestation && `${platform?.os}/${platform?.architecture}` === wanted;
  });
}
