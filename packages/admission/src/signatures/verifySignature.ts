import type { Bundle } from "@sigstore/bundle";
import type { TrustedRoot } from "@sigstore/protobuf-specs";

import { checkBounds } from "./bundleBounds";
import { isSignedBy } from "./publicKeys";
import type { RequiredSignature } from "./requiredSignature";
import type { SignedContent } from "./signedContent";
import { trustedRootOf } from "./trustedRoot";

/**
 * Verifies that the required signer signed it. What it says is another matter.
 *
 * @throws TrustedRootError where nobody can tell; Error with why it is not so
 */
export async function verifySignature({ bundle, artifact }: SignedContent, required: RequiredSignature): Promise<void> {
  const { publicKey, certificateIdentity, certificateOidcIssuer } = required;
  // Whoever has the key needs no log to be believed. The library verifies by SHA-256 alone, of which longer curves have no use.
  if (publicKey !== undefined) return verifyByKey(bundle, artifact, publicKey);
  checkBounds(bundle);
  const { toSignedEntity, toTrustMaterial, Verifier } = await import("@sigstore/verify");
  const entity = toSignedEntity(bundle, artifact);
  if (entity.key.$case !== "certificate") throw new Error("it was signed by a key, not by a certificate");
  const root = await trustedRootOf(required);
  const { identity } = new Verifier(toTrustMaterial(root), thresholdsOf(root)).verify(entity);
  // The library's own policy takes an identity for a regular expression.
  if (identity?.subjectAlternativeName !== certificateIdentity || identity?.extensions?.issuer !== certificateOidcIssuer) {
    throw new Error(`it was signed by ${identity?.subjectAlternativeName}, for whom ${identity?.extensions?.issuer} vouches`);
  }
}

function verifyByKey({ content }: Bundle, artifact: Buffer | undefined, publicKey: string): void {
  const [bytes, signatures] =
    content.$case === "dsseEnvelope"
      ? [preAuthEncoding(content.dsseEnvelope), content.dsseEnvelope.signatures.map(({ sig }) => sig)]
      : [artifact ?? Buffer.alloc(0), [content.messageSignature.signature]];
  if (!signatures.slice(0, 10).some((signature) => isSignedBy(publicKey, bytes, signature)))
    throw new Error("another key signed it, or it was changed since");
}

/** @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
function preAuthEncoding({ payloadType, payload }: { payloadType: string; payload: Buffer }): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `), payload]);
}

/** A root that has a log demands its entry. A time it always takes: certificates live for minutes. */
function thresholdsOf({ tlogs, ctlogs }: TrustedRoot) {
  return { tlogThreshold: Math.min(1, tlogs.length), ctlogThreshold: Math.min(1, ctlogs.length), timestampThreshold: 1 };
}
