import type { Bundle } from "@sigstore/bundle";

import type { Attachment } from "../attached";
import { inTotoStatement, mapOf, type Statement } from "./inTotoStatement";

/** What somebody signed, with all that it takes to verify it. */
export interface SignedContent {
  bundle: Bundle;
  /** The bytes that were signed, where the bundle has only their digest. */
  artifact?: Buffer;
  /** What the signed bytes say of themselves. Not to be believed before they are verified. */
  statement: Statement;
}

/** The predicate type of a signature that says nothing but that it is one. */
export const signaturePredicate = "https://sigstore.dev/cosign/sign/v1";

const simpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";
const envelope = "application/vnd.dsse.envelope.v1+json";
const bundles = ["application/vnd.dev.sigstore.bundle.v0.3+json", "application/vnd.dev.sigstore.bundle+json;version=0.3"];
const inToto = "application/vnd.in-toto+json";

/** Media types of what cosign attaches to an image. */
export const signedTypes = [simpleSigning, envelope, ...bundles];

/**
 * Reads one attachment of cosign's, of whichever way it was attached.
 *
 * @throws Error with what is wrong with it
 * @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md
 */
export async function signedContent({ mediaType, bytes, annotations }: Attachment): Promise<SignedContent> {
  const { bundleFromJSON } = await import("@sigstore/bundle");
  const value = jsonOf(bytes);
  if (bundles.includes(mediaType)) return enveloped(bundleFromJSON(value));
  const material = verificationMaterial(annotations);
  if (mediaType === envelope) return enveloped(bundleFromJSON({ ...material, dsseEnvelope: value }));
  const { createHash } = await import("node:crypto");
  const digest = createHash("sha256").update(bytes).digest("base64");
  const signature = annotations["dev.cosignproject.cosign/signature"] ?? "";
  const messageSignature = { messageDigest: { algorithm: "SHA2_256", digest }, signature };
  return { bundle: bundleFromJSON({ ...material, messageSignature }), artifact: bytes, statement: simpleStatement(value) };
}

function enveloped(bundle: Bundle): SignedContent {
  if (bundle.content.$case !== "dsseEnvelope") throw new Error("it holds a signature of bytes, and no statement about an image");
  const { payload, payloadType } = bundle.content.dsseEnvelope;
  if (payloadType !== inToto) throw new Error(`it holds ${payloadType}, no statement of in-toto's`);
  return { bundle, statement: inTotoStatement(jsonOf(payload)) };
}

/** What cosign signed before it made statements of in-toto's. */
function simpleStatement(value: unknown): Statement {
  const critical = mapOf(mapOf(value).critical);
  if (critical.type !== "cosign container image signature") throw new Error("it is no signature of a container image");
  return { subjects: [sha256Of(mapOf(critical.image)["docker-manifest-digest"])], predicateType: signaturePredicate };
}

function sha256Of(digest: unknown): string {
  return typeof digest === "string" && digest.startsWith("sha256:") ? digest.slice("sha256:".length) : "";
}

/** Certificate, log entry and time stamp, from the annotations that cosign puts beside a signature; the form is that of a bundle of version 0.1. */
function verificationMaterial(annotations: Record<string, string>): Record<string, unknown> {
  const certificate = annotations["dev.sigstore.cosign/certificate"];
  const log = annotations["dev.sigstore.cosign/bundle"];
  const stamp = annotations["dev.sigstore.cosign/rfc3161timestamp"];
  const signer = certificate ? { x509CertificateChain: { certificates: [{ rawBytes: derOf(certificate) }] } } : { publicKey: { hint: "" } };
  const tlogEntries = log ? [logEntry(jsonOf(Buffer.from(log)))] : [];
  const { SignedRFC3161Timestamp: signedTimestamp } = stamp ? mapOf(jsonOf(Buffer.from(stamp))) : {};
  const timestampVerificationData = signedTimestamp ? { rfc3161Timestamps: [{ signedTimestamp }] } : undefined;
  return {
    mediaType: "application/vnd.dev.sigstore.bundle+json;version=0.1",
    verificationMaterial: { ...signer, tlogEntries, timestampVerificationData },
  };
}

function logEntry(value: unknown): Record<string, unknown> {
  const { SignedEntryTimestamp: signedEntryTimestamp, Payload } = mapOf(value);
  const { body, integratedTime, logIndex, logID } = mapOf(Payload);
  const { kind, apiVersion: version } = mapOf(jsonOf(Buffer.from(String(body), "base64")));
  return {
    ...{ logIndex: String(logIndex), integratedTime: String(integratedTime), canonicalizedBody: body },
    ...{ logId: { keyId: Buffer.from(String(logID), "hex").toString("base64") }, kindVersion: { kind, version } },
    inclusionPromise: { signedEntryTimestamp },
  };
}

function derOf(pem: string): string {
  return pem.replace(/-----(?:BEGIN|END) CERTIFICATE-----/g, "").replace(/\s/g, "");
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8")) as unknown;
  } catch {
    throw new Error("it is not JSON");
  }
}
