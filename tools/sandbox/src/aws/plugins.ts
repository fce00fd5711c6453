import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { onPath } from "../onPath";
import { SandboxError } from "../progress";
import { provideTool } from "../toolchain";
import { terraformProvider } from "./terraformProvider";

/** Which provider judges what the stacks ask of AWS. */
export interface AwsPlugin {
  binary: string;
  /** For the output: who judged. */
  title: string;
  /** What its process needs besides what all have. */
  variables: NodeJS.ProcessEnv;
  /** Inputs that it doesn't know, because it is older than what @pulumi/aws wraps; they are dropped. */
  isOlder: boolean;
}

/**
 * The real AWS provider: Pulumi's own plugin where the machine has it, else Terraform's provider behind Pulumi's bridge.
 *
 * @throws SandboxError saying what is missing
 */
export async function awsPlugin(): Promise<AwsPlugin> {
  const own = pulumiPlugin("aws");
  if (own) return { binary: own, title: "Pulumi's own AWS provider", variables: {}, isOlder: false };
  const terraform = await terraformProvider();
  if (!terraform) {
    throw new SandboxError(
      "The sandbox needs the real AWS provider, and this machine has none. Install one of the two: Pulumi's plugin " +
        "(`pulumi plugin install resource aws`), or Terraform, from which the sandbox takes its AWS provider.",
    );
  }
  return {
    binary: await provideTool("pulumi-resource-aws"),
    title: `Terraform's AWS provider ${terraform.version} behind Pulumi's bridge`,
    variables: { FAIRLEAD_TERRAFORM_PROVIDER: terraform.binary, FAIRLEAD_AWS_NAMES: join(__dirname, "names.json") },
    isOlder: Number(terraform.version.split(".")[0]) < 6,
  };
}

/** awsx's own plugin, or the construct of the sandbox, which makes the VPC that the embedded plan expects of awsx. */
export function installAwsx(bin: string): void {
  const own = pulumiPlugin("awsx");
  const register = require.resolve("@fairlead/transpile/register");
  const command = own ? `"${own}"` : `"${process.execPath}" --require "${register}" "${join(__dirname, "awsx/main.ts")}"`;
  installScript(bin, "pulumi-resource-awsx", command);
}

/** Makes a command findable under a name that the engine looks for on PATH. */
export function installScript(bin: string, name: string, command: string): void {
  const script = join(bin, name);
  writeFileSync(script, `#!/bin/sh\nexec ${command} "$@"\n`);
  chmodSync(script, 0o755);
}

/** A plugin of Pulumi's from PATH, or the newest that the CLI has installed. */
function pulumiPlugin(name: string): string | undefined {
  const program = `pulumi-resource-${name}`;
  const folder = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  const installed = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((entry) => entry.startsWith(`resource-${name}-v`) && existsSync(join(folder, entry, program)))
    .sort((one, other) => other.localeCompare(one, undefined, { numeric: true }));
  return onPath(program) ?? (installed[0] && join(folder, installed[0], program));
}
