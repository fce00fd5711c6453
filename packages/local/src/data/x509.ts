import { createPrivateKey, webcrypto, X509Certificate } from "node:crypto";

/** Of all keys here: in WebCrypto's words, and in OpenSSL's. */
export const keyAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256", openssl: "prime256v1" } as const;
/** The authority's name. OpenSSL finds its file by a hash of it (`authorityHash` in tls.ts), so that another name needs another hash. */
const authorityName = "CN=Fairlead local authority";
const days = { authority: 3650, server: 397 };

const until = (from: Date, count: number) => new Date(from.getTime() + count * 24 * 60 * 60 * 1000);
/** Machines' clocks differ, those of virtual machines most. */
const since = (now: Date) => until(now, -1);

/** It needs the other one, which it doesn't load itself, and both take time. */
const library = async () => {
  await import("reflect-metadata");
  return import("@peculiar/x509");
};

/** A new authority: its key and its certificate, as PEM. */
export async function newAuthority(now: Date): Promise<string> {
  const x509 = await library();
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: authorityName,
    notBefore: since(now),
    notAfter: until(now, days.authority),
    keys,
    signingAlgorithm: keyAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pem(keys, certificate);
}

/** A server's key and its certificate, as PEM. @param authority as {@link newAuthority} gives it */
export async function newCertificate(hosts: readonly string[], authority: string, now: Date): Promise<string> {
  const x509 = await library();
  const keys = await newKeys();
  const issuer = new x509.X509Certificate(new X509Certificate(authority).raw);
  const signingKey = await webcrypto.subtle.importKey(
    "pkcs8",
    createPrivateKey(authority).export({ format: "der", type: "pkcs8" }),
    keyAlgorithm,
    false,
    ["sign"],
  );
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [hosts[0]!.slice(0, 64)] }],
    issuer: issuer.subject,
    notBefore: since(now),
    notAfter: until(now, days.server),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: keyAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: "dns" as const, value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return pem(keys, certificate);
}

const newKeys = () => webcrypto.subtle.generateKey(keyAlgorithm, true, ["sign", "verify"]);

async function pem({ privateKey }: webcrypto.CryptoKeyPair, certificate: { toString(format: "pem"): string }): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", privateKey));
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" }).export({ format: "pem", type: "pkcs8" });
  return `${String(key)}${certificate.toString("pem")}\n`;
}
