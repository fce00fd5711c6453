import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { awsPlugin } from "../src/aws/plugins";
import { terraformProvider } from "../src/aws/terraformProvider";
import { provideTool } from "../src/toolchain";

jest.mock("../src/toolchain");
jest.mock("../src/aws/terraformProvider");
const providerOfTerraform = jest.mocked(terraformProvider);

let folder: string;
const before = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-plugins-"));
  process.env = { ...before, PATH: join(folder, "path"), PULUMI_HOME: join(folder, "pulumi") };
});

afterEach(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

function program(path: string, script = ""): string {
  const file = join(folder, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

describe("the provider that judges is", () => {
  test("Pulumi's own, the newest that the CLI has installed", async () => {
    program("pulumi/plugins/resource-aws-v7.9.0/pulumi-resource-aws");
    const newest = program("pulumi/plugins/resource-aws-v7.48.0/pulumi-resource-aws");
    expect(await awsPlugin()).toMatchObject({ binary: newest, lacksVersion6: false });
  });

  test("Pulumi's own from PATH before that", async () => {
    program("pulumi/plugins/resource-aws-v7.48.0/pulumi-resource-aws");
    const own = program("path/pulumi-resource-aws", "echo v7.47.0");
    expect(await awsPlugin()).toMatchObject({ binary: own });
  });

  test("not Pulumi's own of another major version than the SDK's, from wherever", async () => {
    program("pulumi/plugins/resource-aws-v8.0.0/pulumi-resource-aws");
    program("pulumi/plugins/resource-aws-v6.83.0/pulumi-resource-aws");
    program("path/pulumi-resource-aws", "echo 6.83.0");
    providerOfTerraform.mockResolvedValue(undefined);
    await expect(awsPlugin()).rejects.toThrow(/needs the real AWS provider/);
    const fitting = program("pulumi/plugins/resource-aws-v7.9.0/pulumi-resource-aws");
    expect(await awsPlugin()).toMatchObject({ binary: fitting });
  });

  test("else Terraform's behind the bridge, and it is told when that one is older", async () => {
    providerOfTerraform.mockResolvedValue({ binary: "/mirror/provider", version: "5.100.0" });
    jest.mocked(provideTool).mockResolvedValue("/toolchain/pulumi-resource-aws");
    expect(await awsPlugin()).toMatchObject({
      binary: "/toolchain/pulumi-resource-aws",
      title: "Terraform's AWS provider 5.100.0 behind Pulumi's bridge",
      lacksVersion6: true,
    });
  });

  test("or none, and a sentence says what to install", async () => {
    providerOfTerraform.mockResolvedValue(undefined);
    await expect(awsPlugin()).rejects.toThrow(/pulumi plugin install resource aws.*Terraform/);
  });
});
