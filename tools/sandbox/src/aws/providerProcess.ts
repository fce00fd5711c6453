import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createWriteStream } from "node:fs";
import { relative } from "node:path";

import { inSandbox } from "../paths";
import { SandboxError } from "../progress";
import type { AwsPlugin } from "./plugins";

/**
 * Starts the AWS provider once for all runs of the engine, which is told to attach to it: reading its schema takes 20 seconds of each start.
 * The namespace ends it.
 *
 * @returns what makes the engine attach
 * @see https://www.pulumi.com/docs/iac/guides/building-extending/providers/debug-provider/
 */
export async function startProvider(plugin: AwsPlugin, accountId: string, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  // Terraform's provider can't be configured twice with a bundle of certificates, and the API here is plain HTTP.
  const own = { ...env, AWS_CA_BUNDLE: undefined };
  const child = spawn(plugin.binary, [], { stdio: ["ignore", "pipe", "pipe"], env: own });
  const file = inSandbox("logs", `provider-${accountId}.log`);
  const log = createWriteStream(file);
  child.stderr.pipe(log);
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout })
      .once("line", resolve)
      .on("line", (line) => log.write(`${line}\n`));
    child.on("error", reject);
    child.on("exit", (code) =>
      reject(new SandboxError(`${plugin.title} ended with ${code} as it started: ${relative(process.cwd(), file)}`)),
    );
  });
  return { PULUMI_DEBUG_PROVIDERS: `aws:${port.trim()}` };
}
