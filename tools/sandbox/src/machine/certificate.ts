import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { accountIds, publicRegistry, registryName } from "../sandboxAccount";
import { inSandbox } from "../paths";
import { run } from "./run";

/**
 * Makes the registries' certificate. Node reads certificates only as it starts, so this happens before the process that talks to them.
 * Returns the variables that make programs trust it.
 */
export async function makeCertificate(): Promise<NodeJS.ProcessEnv> {
  const folder = inSandbox("certificate");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const names = [...accountIds.map(registryName), publicRegistry];
  const [certificate, key, bundle] = ["certificate.pem", "key.pem", "ca-bundle.pem"].map((name) => inSandbox("certificate", name)) as [
    string,
    string,
    string,
  ];
  const subject = ["-subj", "/CN=sandbox", "-addext", `subjectAltName=${names.map((name) => `DNS:${name}`).join(",")}`, "-days", "7"];
  await run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, ...subject, "-out", certificate]);
  const trusted = trustedCertificates();
  writeFileSync(bundle, `${trusted ? readFileSync(trusted, "utf8") : ""}\n${readFileSync(certificate, "utf8")}`);
  return {
    FAIRLEAD_SANDBOX_CA_FILE: certificate,
    FAIRLEAD_SANDBOX_KEY_FILE: key,
    SSL_CERT_FILE: bundle,
    NODE_EXTRA_CA_CERTS: bundle,
  };
}

/** File of the certificates that this machine trusts, if it has one. */
export function trustedCertificates(): string | undefined {
  const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
  const system = [SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];
  return system.find((file) => file && existsSync(file));
}
