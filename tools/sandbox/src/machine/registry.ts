import { randomBytes, randomInt } from "node:crypto";
import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { RegistryClient } from "@fairlead/images";
import { hashSync } from "bcryptjs";

import { accountIds, publicRegistry, registryName, sandboxAccount, type SandboxAccount } from "../sandboxAccount";
import { inSandbox } from "../paths";
import { registryClient } from "../registryAccess";
import { startDaemon } from "./daemon";
import { freePort } from "./freePort";
import { run } from "./run";

/** A loopback address of its own: somebody on this machine may have port 443 of the others. */
const publicAddress = `127.${randomInt(1, 255)}.${randomInt(255)}.${randomInt(1, 255)}`;

/**
 * Starts a registry for each account, which stands for its ECR, and a public one: on 127.0.0.1, over TLS, with a login. They have ECR's own names, in a hosts
 * file that only the sandbox's processes see. (docker-build could not read back from a registry that is named as a loopback address.)
 */
export async function startRegistries(env: NodeJS.ProcessEnv): Promise<SandboxAccount[]> {
  mkdirSync(inSandbox("registry"), { recursive: true });
  env.FAIRLEAD_SANDBOX_PASSWORD_FILE = inSandbox("registry", "password");
  await privateHostsFile();
  rotatePassword();
  await startPublicRegistry(env);
  return Promise.all(accountIds.map((accountId) => startRegistry(accountId, env)));
}

/** Without a login, and at the port that nobody names. */
async function startPublicRegistry(env: NodeJS.ProcessEnv): Promise<void> {
  const isReady = async () => (await new RegistryClient(publicRegistry, {}).tags("nothing")).length === 0;
  await startDaemon("registry-public", ["registry", "serve", configuration("public", `${publicAddress}:443`, {}, env)], { env, isReady });
}

async function startRegistry(accountId: string, env: NodeJS.ProcessEnv): Promise<SandboxAccount> {
  const port = await freePort();
  const account = sandboxAccount(accountId, port);
  const auth = { auth: { htpasswd: { realm: "sandbox", path: inSandbox("registry", "htpasswd") } } };
  const file = configuration(accountId, `127.0.0.1:${port}`, auth, env);
  const isReady = async () => (await registryClient(account.registryHost, env).tags("nothing")).length === 0;
  await startDaemon(`registry-${accountId}`, ["registry", "serve", file], { env, isReady });
  return account;
}

function configuration(name: string, addr: string, others: object, env: NodeJS.ProcessEnv): string {
  const config = {
    version: "0.1",
    storage: { filesystem: { rootdirectory: inSandbox("registry", name) }, delete: { enabled: true } },
    http: { addr, tls: { certificate: env.FAIRLEAD_SANDBOX_CA_FILE, key: env.FAIRLEAD_SANDBOX_KEY_FILE } },
    log: { level: "warn", accesslog: { disabled: true } },
    ...others,
  };
  const file = inSandbox("registry", `${name}.yml`);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** A new login, as ECR gives one every 12 hours. The registries read the file again when it changes. */
export function rotatePassword(): string {
  const password = randomBytes(24).toString("hex");
  writeFileSync(inSandbox("registry", "password"), password, { mode: 0o600 });
  writeFileSync(inSandbox("registry", "htpasswd"), `AWS:${hashSync(password, 4)}\n`);
  return password;
}

async function privateHostsFile(): Promise<void> {
  const hosts = inSandbox("registry", "hosts");
  copyFileSync("/etc/hosts", hosts);
  appendFileSync(hosts, `\n127.0.0.1 ${accountIds.map(registryName).join(" ")}\n${publicAddress} ${publicRegistry}\n`);
  await run("mount", ["--bind", hosts, "/etc/hosts"]);
}
