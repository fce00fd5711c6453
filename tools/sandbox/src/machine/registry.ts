import { randomBytes } from "node:crypto";
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hashSync } from "bcryptjs";

import { inSandbox } from "../paths";
import { RegistryClient } from "../registryClient";
import { startDaemon } from "./daemon";
import { run } from "./run";

// A name of its own: docker-build's Index writes to a loopback-named registry over HTTP but reads it back over HTTPS.
const hostName = "registry.sandbox.test";

/** Starts the registry that stands for ECR: on 127.0.0.1, over TLS, with a login. Returns the variables that lead to it. */
export async function startRegistry(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const folder = inSandbox("registry");
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const variables = {
    FAIRLEAD_SANDBOX_REGISTRY: `${hostName}:${port}`,
    FAIRLEAD_SANDBOX_PASSWORD_FILE: inSandbox("registry", "password"),
    FAIRLEAD_SANDBOX_CA_FILE: inSandbox("registry", "certificate.pem"),
    SSL_CERT_FILE: inSandbox("registry", "ca-bundle.pem"),
    NODE_EXTRA_CA_CERTS: inSandbox("registry", "ca-bundle.pem"),
  };
  await privateHostsFile();
  await makeCertificate(env, variables);
  rotatePassword(variables.FAIRLEAD_SANDBOX_PASSWORD_FILE);
  const config = {
    version: "0.1",
    storage: { filesystem: { rootdirectory: inSandbox("registry", "data") }, delete: { enabled: true } },
    http: {
      addr: `127.0.0.1:${port}`,
      tls: { certificate: variables.FAIRLEAD_SANDBOX_CA_FILE, key: inSandbox("registry", "key.pem") },
    },
    auth: { htpasswd: { realm: "sandbox", path: inSandbox("registry", "htpasswd") } },
    log: { level: "warn", accesslog: { disabled: true } },
  };
  writeFileSync(inSandbox("registry", "config.yml"), JSON.stringify(config));
  const isReady = async () => (await RegistryClient.fromEnvironment(variables).tags("nothing")).length === 0;
  await startDaemon("registry", ["registry", "serve", inSandbox("registry", "config.yml")], { env, isReady });
  return variables;
}

/** A new login, as ECR gives one every 12 hours. The registry reads the file again when it changes. */
export function rotatePassword(file = inSandbox("registry", "password")): string {
  const password = randomBytes(24).toString("hex");
  writeFileSync(file, password, { mode: 0o600 });
  writeFileSync(inSandbox("registry", "htpasswd"), `AWS:${hashSync(password, 4)}\n`);
  return password;
}

async function privateHostsFile(): Promise<void> {
  const hosts = inSandbox("registry", "hosts");
  copyFileSync("/etc/hosts", hosts);
  appendFileSync(hosts, `\n127.0.0.1 ${hostName}\n`);
  await run("mount", ["--bind", hosts, "/etc/hosts"]);
}

async function makeCertificate(
  env: NodeJS.ProcessEnv,
  variables: { FAIRLEAD_SANDBOX_CA_FILE: string; SSL_CERT_FILE: string },
): Promise<void> {
  const certificate = variables.FAIRLEAD_SANDBOX_CA_FILE;
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", inSandbox("registry", "key.pem")];
  const subject = ["-subj", `/CN=${hostName}`, "-addext", `subjectAltName=DNS:${hostName}`, "-days", "7"];
  await run("openssl", ["req", "-x509", ...key, ...subject, "-out", certificate]);
  const system = [env.SSL_CERT_FILE, env.NODE_EXTRA_CA_CERTS, "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];
  const bundle = system.find((file) => file && existsSync(file));
  writeFileSync(variables.SSL_CERT_FILE, `${bundle ? readFileSync(bundle, "utf8") : ""}\n${readFileSync(certificate, "utf8")}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
