import { ImageError } from "@fairlead/images";

import type { AdmittedManifest } from "../admittedManifest";
import { attachmentLimits, contentOf } from "../attached";
import type { Attestation } from "../imageAdmission";
import { inTotoStatement } from "../signatures/inTotoStatement";
import { attestationKind } from "./attestationKind";

const inToto = "application/vnd.in-toto+json";

/**
 * What BuildKit's own attestations in the image's index say of the platform's image. Nobody signed them, but the index's digest covers them, as it
 * does the image.
 *
 * @see https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md
 * @throws ImageError for what can't be read
 */
export async function buildAttestations(image: AdmittedManifest): Promise<Set<Attestation>> {
  const { client, repository, root, platformDigest } = image;
  const found = new Set<Attestation>();
  let total = 0;
  const own = (root.manifests ?? []).filter(({ annotations }) => isFor(annotations, platformDigest));
  for (const { digest } of own.slice(0, attachmentLimits.count)) {
    const { layers = [] } = (await client.manifest(repository, digest)) ?? {};
    for (const layer of layers.filter(({ mediaType }) => mediaType === inToto).slice(0, attachmentLimits.count)) {
      total += layer.size;
      if (layer.size > attachmentLimits.bytes || total > attachmentLimits.totalBytes)
        throw new ImageError("FL2115", `an attestation of ${client.host}/${repository} has ${layer.size} bytes`);
      const kind = kindOf(await contentOf(image, layer), platformDigest!);
      if (kind) found.add(kind);
    }
  }
  return found;
}

function isFor(annotations: unknown, platformDigest: string | undefined): boolean {
  const said = (annotations ?? {}) as Record<string, unknown>;
  return (
    platformDigest !== undefined &&
    said["vnd.docker.reference.type"] === "attestation-manifest" &&
    said["vnd.docker.reference.digest"] === platformDigest
  );
}

/** A statement about another image is none about this one. */
function kindOf(bytes: Buffer, platformDigest: string): Attestation | undefined {
  try {
    const { subjects, predicateType, predicate } = inTotoStatement(JSON.parse(bytes.toString("utf8")));
    return subjects.includes(platformDigest.slice("sha256:".length)) ? attestationKind(predicateType, predicate) : undefined;
  } catch {
    return undefined;
  }
}
