import type { Bundle } from "@sigstore/bundle";

/** What a bundle may have at most: whoever may push attaches what he likes, and all of it would be verified. */
const most = { entries: 10, certificateBytes: 64 * 1024, checkpointBytes: 64 * 1024 };

/** A log's name is looked for in its address, as a regular expression: only letters that mean themselves are let through. */
const plainName = /^[A-Za-z0-9./:_ -]{1,200}$/;

/** @throws Error for a bundle that would keep its verification busy for long */
export function checkBounds({ verificationMaterial }: Bundle): void {
  const { content, tlogEntries, timestampVerificationData } = verificationMaterial;
  const stamps = timestampVerificationData?.rfc3161Timestamps ?? [];
  const certificates =
    content.$case === "certificate"
      ? [content.certificate]
      : content.$case === "x509CertificateChain"
        ? content.x509CertificateChain.certificates
        : [];
  for (const list of [tlogEntries, stamps, certificates])
    if (list.length > most.entries) throw new Error(`it has ${list.length} certificates, log entries or time stamps`);
  const parts = [...certificates.map(({ rawBytes }) => rawBytes), ...stamps.map(({ signedTimestamp }) => signedTimestamp)];
  if (parts.some(({ length }) => length > most.certificateBytes)) throw new Error("a certificate or time stamp of it is too large");
  for (const { inclusionProof } of tlogEntries) {
    const text = inclusionProof?.checkpoint?.envelope ?? "";
    if (text.length > most.checkpointBytes) throw new Error("a log's checkpoint in it is too large");
    const names = text.split("\n").flatMap((line) => (line.startsWith("\u2014 ") ? [line.split(" ")[1] ?? ""] : []));
    if (names.length > most.entries || !names.every((name) => plainName.test(name)))
      throw new Error("a log's checkpoint in it has no name of a log");
  }
}
