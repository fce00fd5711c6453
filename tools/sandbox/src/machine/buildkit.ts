import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { inSandbox } from "../paths";
import { startDaemon } from "./daemon";
import { run } from "./run";

export const builderName = "fairlead-sandbox";

/** Starts BuildKit and makes it the builder `fairlead-sandbox`, for which Pulumi.sandbox.yaml asks. */
export async function startBuildkit(env: NodeJS.ProcessEnv, hosts: string[]): Promise<NodeJS.ProcessEnv> {
  for (const folder of ["buildkit", "docker"]) mkdirSync(inSandbox(folder), { recursive: true });
  const config = [
    // What a run builds anew is no use to the next: it would fill small disks.
    "[worker.oci]",
    "  gc = true",
    '  reservedSpace = "0"',
    '  maxUsedSpace = "1GB"',
    ...hosts.flatMap((host) => [`[registry."${host}"]`, `  ca = [${JSON.stringify(env.FAIRLEAD_SANDBOX_CA_FILE)}]`]),
    `[registry."public.ecr.aws"]`,
    `  mirrors = ["${hosts[0]}/mirror"]`,
    `  ca = [${JSON.stringify(env.FAIRLEAD_SANDBOX_CA_FILE)}]`,
  ];
  writeFileSync(inSandbox("buildkit", "buildkitd.toml"), `${config.join("\n")}\n`);
  // A socket's path may have 107 characters, fewer than a clone's folder can.
  const socket = join(mkdtempSync(join(process.env.FAIRLEAD_SANDBOX_TMP ?? tmpdir(), "fairlead-")), "buildkitd.sock");
  const daemon = [
    "buildkitd",
    "--config",
    inSandbox("buildkit", "buildkitd.toml"),
    "--root",
    inSandbox("buildkit", "data"),
    "--addr",
    `unix://${socket}`,
  ];
  const worker = ["--oci-worker-net", "host", "--oci-worker-binary", "runc"];
  await startDaemon("buildkitd", [...daemon, ...worker], { env, isReady: () => Promise.resolve(existsSync(socket)) });
  const variables = { DOCKER_CONFIG: inSandbox("docker"), BUILDX_CONFIG: inSandbox("docker", "buildx") };
  const client = { env: { ...env, ...variables } };
  await run("buildx", ["rm", builderName], client).catch(() => undefined);
  await run("buildx", ["create", "--name", builderName, "--driver", "remote", `unix://${socket}`], client);
  return variables;
}
