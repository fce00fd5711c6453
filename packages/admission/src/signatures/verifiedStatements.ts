import { shortened } from "@fairlead/model";

import type { AdmittedManifest } from "../admittedManifest";
import { attachments } from "../attached";
import { attestationKind } from "../attestations/attestationKind";
import type { Attestation } from "../imageAdmission";
import type { RequiredSignature } from "./requiredSignature";
import { signaturePredicate, signedContent, signedTypes } from "./signedContent";
import { TrustedRootError } from "./trustedRoot";
import { verifySignature } from "./verifySignature";

/** What the required signers say of an image. */
export interface VerifiedStatements {
  /** Whether one of them signed it. */
  signed: boolean;
  attestations: Set<Attestation>;
  /** Why what is attached does not count, by how often. */
  rejected: Map<string, number>;
}

/**
 * Reads what is attached to an image, and believes what one of the required signers signed and what is about this very digest.
 *
 * @throws ImageError for what can't be read; TrustedRootError where nobody can tell
 */
export async function verifiedStatements(image: AdmittedManifest, required: readonly RequiredSignature[]): Promise<VerifiedStatements> {
  const verified: VerifiedStatements = { signed: false, attestations: new Set(), rejected: new Map() };
  const subject = image.root.digest.replace(/^sha256:/, "");
  for await (const attachment of attachments(image, signedTypes)) {
    try {
      const content = await signedContent(attachment);
      await verifyByAny(content, required);
      const { subjects, predicateType, predicate } = content.statement;
      if (!subjects.includes(subject)) throw new Error(`it is about another image: ${subjects.join(", ") || "none"}`);
      if (predicateType === signaturePredicate) verified.signed = true;
      const kind = attestationKind(predicateType, predicate);
      if (kind) verified.attestations.add(kind);
    } catch (error) {
      if (error instanceof TrustedRootError) throw error;
      const reason = shortened((error as Error).message, 200);
      verified.rejected.set(reason, (verified.rejected.get(reason) ?? 0) + 1);
    }
  }
  return verified;
}

/** @throws Error with why the first of them did not sign it, where none did */
async function verifyByAny(content: Awaited<ReturnType<typeof signedContent>>, required: readonly RequiredSignature[]): Promise<void> {
  let first: unknown;
  for (const each of required) {
    try {
      return await verifySignature(content, each);
    } catch (error) {
      if (error instanceof TrustedRootError) throw error;
      first ??= error;
    }
  }
  throw first;
}
