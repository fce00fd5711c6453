import { randomBytes } from "node:crypto";
import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { hashSync } from "bcryptjs";

import { accountIds, registryName, sandboxAccount, type SandboxAccount } from "../account";
import { inSandbox } from "../paths";
import { registryClient } from "../registryAccess";
import { startDaemon } from "./daemon";
import { freePort } from "./freePort";
import { run } from "./run";

/**
 * Starts a registry for each account, which stands for its ECR: on 127.0.0.1, over TLS, with a login. They have ECR's own names, in a hosts
 * file that only the sandbox's processes see. (docker-build could not read back from a registry that is named as a loopback address.)
 */
export async function startRegistries(env: NodeJS.ProcessEnv): Promise<SandboxAccount[]> {
  mkdirSync(inSandbox("registry"), { recursive: true });
  env.FAIRLEAD_SANDBOX_PASSWORD_FILE = inSandbox("registry", "password");
  await privateHostsFile();
  rotatePassword();
  return Promise.all(accountIds.map((accountId) => startRegistry(accountId, env)));
}

async function startRegistry(accountId: string, env: NodeJS.ProcessEnv): Promise<SandboxAccount> {
  const port = await freePort();
  const account = sandboxAccount(accountId, port);
  const config = {
    version: "0.1",
    storage: { filesystem: { rootdirectory: inSandbox("registry", accountId) }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}`, tls: { certificate: env.FAIRLEAD_SANDBOX_CA_FILE, key: env.FAIRLEAD_SANDBOX_KEY_FILE } },
    auth: { htpasswd: { realm: "sandbox", path: inSandbox("registry", "htpasswd") } },
    log: { level: "warn", accesslog: { disabled: true } },
  };
  const file = inSandbox("registry", `${accountId}.yml`);
  writeFileSync(file, JSON.stringify(config));
  const isReady = async () => (await registryClient(account.registryHost, env).tags("nothing")).length === 0;
  await startDaemon(`registry-${accountId}`, ["registry", "serve", file], { env, isReady });
  return account;
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
  appendFileSync(hosts, `\n127.0.0.1 ${accountIds.map(registryName).join(" ")}\n`);
  await run("mount", ["--bind", hosts, "/etc/hosts"]);
}
