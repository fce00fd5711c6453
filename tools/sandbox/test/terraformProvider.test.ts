import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { terraformMirrors } from "../src/aws/terraformMirrors";
import { terraformProvider } from "../src/aws/terraformProvider";

const platform = `${process.platform}_${process.arch === "arm64" ? "arm64" : "amd64"}`;
const path = process.env.PATH!;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-terraform-"));
  process.env.PATH = join(folder, "bin");
});

afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

function file(name: string, text = ""): string {
  const whole = join(folder, name);
  mkdirSync(join(whole, ".."), { recursive: true });
  writeFileSync(whole, text);
  chmodSync(whole, 0o755);
  return whole;
}

const inMirror = (mirror: string, version: string) =>
  file(`${mirror}/registry.terraform.io/hashicorp/aws/${version}/${platform}/terraform-provider-aws_v${version}_x5`);

describe("plugins of Terraform are looked for", () => {
  test("where Terraform's documentation and one variable say, and in the folders of /opt", () => {
    file("opt/plugins/any");
    const variables = { FAIRLEAD_TERRAFORM_PLUGINS: "/ours", TF_PLUGIN_CACHE_DIR: "/cache" };
    expect(terraformMirrors(variables, "/home/me", join(folder, "opt"))).toEqual([
      "/ours",
      "/cache",
      "/home/me/.terraform.d/plugins",
      "/home/me/.local/share/terraform/plugins",
      "/usr/local/share/terraform/plugins",
      "/usr/share/terraform/plugins",
      join(folder, "opt/plugins"),
    ]);
    const moved = { XDG_DATA_HOME: "/data", XDG_DATA_DIRS: ["/one", "/two"].join(delimiter) };
    expect(terraformMirrors(moved, "/home/me", "/none").slice(1)).toEqual([
      "/data/terraform/plugins",
      "/one/terraform/plugins",
      "/two/terraform/plugins",
    ]);
  });

  test.each([
    ["the user's configuration", ".terraformrc", {}],
    ["the one that a variable names", "other.tfrc", { TF_CLI_CONFIG_FILE: true }],
  ])("in the mirrors and the cache of %s", (_, name, named) => {
    const configuration = file(
      name,
      [
        'plugin_cache_dir = "$HOME/cache"',
        "provider_installation {",
        '  # filesystem_mirror { path = "/not/this" }',
        '  filesystem_mirror {\n    path    = "/srv/mirror"\n    include = ["registry.terraform.io/*/*"]\n  }',
        '  direct {\n    exclude = ["registry.terraform.io/*/*"]\n  }',
        "}",
      ].join("\n"),
    );
    const env = { HOME: "/home/me", ...("TF_CLI_CONFIG_FILE" in named && { TF_CLI_CONFIG_FILE: configuration }) };
    expect(terraformMirrors(env, folder, "/none").slice(0, 2)).toEqual(["/home/me/cache", "/srv/mirror"]);
  });
});

describe("Terraform's AWS provider is", () => {
  test("the newest of the mirrors, but none that is newer than what the SDK wraps", async () => {
    inMirror("one", "5.100.0");
    inMirror("one", "7.1.0");
    inMirror("two", "6.9.0");
    const newest = inMirror("two", "6.10.0");
    const mirrors = ["none", "one", "two"].map((name) => join(folder, name));
    expect(await terraformProvider(mirrors)).toEqual({ binary: newest, version: "6.10.0" });
  });

  test("else what `terraform init` gets, once", async () => {
    const got = `.terraform/providers/registry.terraform.io/hashicorp/aws/6.10.0/${platform}`;
    const script = `/bin/mkdir -p ${got}\n: > ${got}/terraform-provider-aws_v6.10.0_x5`;
    file("bin/terraform", `#!/bin/sh\necho run >> ${join(folder, "runs")}\n${script}\n`);
    const first = await terraformProvider([], join(folder, "toolchain"));
    expect(first?.version).toBe("6.10.0");
    rmSync(join(folder, "runs"));
    expect(await terraformProvider([], join(folder, "toolchain"))).toEqual(first);
    expect(existsSync(join(folder, "runs"))).toBe(false);
  });

  test("none where `terraform init` fails, whose last lines are told", async () => {
    file("bin/terraform", "#!/bin/sh\necho 'Error: Failed to query available provider packages' >&2\nexit 1\n");
    await expect(terraformProvider([], join(folder, "toolchain"))).rejects.toThrow(
      /terraform init ended with 1:\nError: Failed to query available provider packages/,
    );
  });

  test("none without mirror and Terraform", async () => {
    expect(await terraformProvider([], join(folder, "toolchain"))).toBeUndefined();
  });
});
