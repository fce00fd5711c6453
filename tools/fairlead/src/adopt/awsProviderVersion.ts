import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The version of Pulumi's AWS provider that a project's program asks for: that of its SDK. */
export function awsProviderVersion(root: string): string {
  const manifest = createRequire(join(root, "Pulumi.yaml")).resolve("@pulumi/aws/package.json");
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
