import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { registryLogin } from "../registryAccess";

/** Lets buildx log in to the sandbox's registries while something is done; docker-build gets its login from the program, as it does with ECR. */
export async function withBuildxLogin<T>(env: NodeJS.ProcessEnv, hosts: string[], work: () => Promise<T>): Promise<T> {
  const { username, password } = registryLogin(env);
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  const file = join(env.DOCKER_CONFIG!, "config.json");
  writeFileSync(file, JSON.stringify({ auths: Object.fromEntries(hosts.map((host) => [host, { auth }])) }), { mode: 0o600 });
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}
