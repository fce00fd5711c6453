import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { onPath } from "../onPath";
import { toolchainFolder } from "../paths";
import { step } from "../progress";

const platform = `${process.platform}_${process.arch === "arm64" ? "arm64" : "amd64"}`;
const source = join("registry.terraform.io", "hashicorp", "aws");

/** Terraform's AWS provider: its program and its version. */
export interface TerraformProvider {
  binary: string;
  version: string;
}

/**
 * Terraform's AWS provider, of the newest version in a plugin mirror of this machine; without a mirror, as `terraform init` gets it. Undefined
 * where there is neither.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export async function terraformProvider(): Promise<TerraformProvider | undefined> {
  return newestIn(mirrors()) ?? (await fromTerraform());
}

/** Folders that hold a `registry.terraform.io`: the one that TF_PLUGIN_DIR names, Terraform's own, and those one or two folders below the root. */
function mirrors(): string[] {
  const { TF_PLUGIN_DIR, TF_PLUGIN_CACHE_DIR } = process.env;
  const ownFolders = [join(homedir(), ".terraform.d", "plugins"), "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins"];
  const near = folders("/")
    .filter((folder) => !["/proc", "/sys", "/dev"].includes(folder))
    .flatMap((folder) => [folder, ...folders(folder)]);
  return [TF_PLUGIN_DIR, TF_PLUGIN_CACHE_DIR, ...ownFolders, ...near].filter(
    (folder): folder is string => folder !== undefined && existsSync(join(folder, source)),
  );
}

function folders(parent: string): string[] {
  try {
    const entries = readdirSync(parent, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(parent, name));
  } catch {
    // Not readable: then it is no mirror of ours.
    return [];
  }
}

function newestIn(found: string[]): TerraformProvider | undefined {
  const known = found.flatMap((mirror) =>
    folders(join(mirror, source)).flatMap((versionFolder) => {
      const folder = join(versionFolder, platform);
      const program = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws")) : undefined;
      return program ? [{ binary: join(folder, program), version: versionFolder.split("/").at(-1)! }] : [];
    }),
  );
  return known.sort((one, other) => other.version.localeCompare(one.version, undefined, { numeric: true }))[0];
}

/** Terraform gets its providers from its registry, which is about 700 MB once. */
async function fromTerraform(): Promise<TerraformProvider | undefined> {
  const terraform = onPath("terraform");
  if (!terraform) return undefined;
  const folder = join(toolchainFolder, "terraform-provider-aws");
  const plugins = join(folder, ".terraform", "providers");
  if (!existsSync(plugins)) {
    mkdirSync(folder, { recursive: true });
    // What @pulumi/aws 7 wraps.
    const required = { terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "~> 6.0" } } } };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(required));
    const init = () => execFileSync(terraform, ["init", "-input=false", "-no-color"], { cwd: folder, stdio: "ignore", timeout: 600_000 });
    try {
      await step("terraform init: the AWS provider (once; 700 MB)", init);
    } catch {
      return undefined;
    }
  }
  return newestIn([plugins]);
}
