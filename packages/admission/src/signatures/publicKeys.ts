import { createPublicKey, verify, type KeyObject } from "node:crypto";

/** Which hashes cosign signs with, by the curve of the key: the curve's own, and SHA-256, which older versions took for all. */
const hashes: Record<string, readonly string[]> = {
  prime256v1: ["sha256"],
  secp384r1: ["sha384", "sha256"],
  secp521r1: ["sha512", "sha256"],
};
const rsaHashes = ["sha256", "sha384", "sha512"];

/** Whether a key signed these bytes. @param pem ECDSA or RSA */
export function isSignedBy(pem: string, bytes: Buffer, signature: Buffer): boolean {
  const key = createPublicKey(pem);
  return hashesOf(key).some((hash) => verify(hash, bytes, key, signature));
}

function hashesOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly string[] {
  return asymmetricKeyType === "rsa" ? rsaHashes : (hashes[asymmetricKeyDetails?.namedCurve ?? ""] ?? []);
}
