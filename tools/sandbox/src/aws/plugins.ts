import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
  /** Whether it is Terraform's version 5, while @pulumi/aws wraps 6: arguments that came with 6 are dropped. */
  lacksVersion6: boolean;
}

/**
 * The real AWS provider: Pulumi's own plugin where the machine has it, else Terraform's provider behind Pulumi's bridge.
 *
 * @throws SandboxError saying what is missing
 */
export async function awsPlugin(): Promise<AwsPlugin> {
  const own = pulumiPlugin("aws");
  if (own) return { binary: own, title: "Pulumi's own AWS provider", variables: {}, lacksVersion6: false };
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
    lacksVersion6: Number(terraform.version.split(".")[0]) < 6,
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

/** A plugin of Pulumi's from PATH, or the newest that the CLI has installed: of the major version of its SDK here, for another has other resources. */
function pulumiPlugin(name: string): string | undefined {
  const program = `pulumi-resource-${name}`;
  const sdk = JSON.parse(readFileSync(require.resolve(`@pulumi/${name}/package.json`), "utf8")) as { version: string };
  const major = majorOf(sdk.version);
  const onItsOwn = onPath(program);
  if (onItsOwn && majorOf(versionOf(onItsOwn)) === major) return onItsOwn;
  const folder = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  const [newest] = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((entry) => entry.startsWith(`resource-${name}-v${major}.`) && existsSync(join(folder, entry, program)))
    .sort((one, other) => other.localeCompare(one, undefined, { numeric: true }));
  return newest && join(folder, newest, program);
}

function majorOf(version: string): string | undefined {
  return /^v?(\d+)\./.exec(version.trim())?.[1];
}

/** Every plugin of Pulumi's bridge says its version. */
function versionOf(plugin: string): string {
  return spawnSync(plugin, ["--version"], { encoding: "utf8", timeout: 10_000, stdio: ["ignore", "pipe", "ignore"] }).stdout ?? "";
}
