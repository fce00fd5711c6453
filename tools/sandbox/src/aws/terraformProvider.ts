import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { run } from "../machine/run";
import { onPath } from "../onPath";
import { toolchainFolder } from "../paths";
import { SandboxError, step } from "../progress";
import { subfolders, terraformMirrors } from "./terraformMirrors";

const platform = `${process.platform}_${process.arch === "arm64" ? "arm64" : "amd64"}`;
const source = join("registry.terraform.io", "hashicorp", "aws");
/** @pulumi/aws 7 wraps version 6; version 5 lacks arguments, and what comes after 6 is another provider. */
const newestMajorVersion = 6;

/** Terraform's AWS provider: its program and its version. */
export interface TerraformProvider {
  binary: string;
  version: string;
}

/**
 * Terraform's AWS provider, of the newest version in a plugin mirror of this machine; without a mirror, as `terraform init` gets it. Undefined
 * where there is neither.
 *
 * @throws SandboxError where `terraform init` fails, with what it said
 */
export async function terraformProvider(mirrors = terraformMirrors(), folder = toolchainFolder): Promise<TerraformProvider | undefined> {
  return newestIn(mirrors) ?? (await fromTerraform(join(folder, "terraform-provider-aws")));
}

function newestIn(mirrors: string[]): TerraformProvider | undefined {
  const known = mirrors.flatMap((mirror) =>
    subfolders(join(mirror, source)).flatMap((versionFolder): TerraformProvider[] => {
      const version = basename(versionFolder);
      const folder = join(versionFolder, platform);
      const program = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws")) : undefined;
      return program && Number(version.split(".")[0]) <= newestMajorVersion ? [{ binary: join(folder, program), version }] : [];
    }),
  );
  return known.sort((one, other) => other.version.localeCompare(one.version, undefined, { numeric: true }))[0];
}

/** Terraform gets its providers from its registry, which is about 700 MB once. */
async function fromTerraform(folder: string): Promise<TerraformProvider | undefined> {
  const plugins = join(folder, ".terraform", "providers");
  const known = newestIn([plugins]);
  const terraform = onPath("terraform");
  if (known || !terraform) return known;
  mkdirSync(folder, { recursive: true });
  const required = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: `~> ${newestMajorVersion}.0` } } },
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(required));
  const init = () => run(terraform, ["init", "-input=false", "-no-color"], { cwd: folder });
  const output = await step("terraform init: the AWS provider (once; 700 MB)", init);
  const got = newestIn([plugins]);
  if (!got) throw new SandboxError(`terraform init got no AWS provider for ${platform}:\n${output.trim()}`);
  return got;
}
