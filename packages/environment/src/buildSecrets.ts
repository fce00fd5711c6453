import type { BuildSpec } from "@fairlead/manifest";
import { coded } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

/** What a service's build gets as secrets: variables of whoever runs `up`. A preview builds nothing and needs none. */
export function buildSecrets(name: string, { secrets }: BuildSpec): Record<string, pulumi.Output<string>> {
  const missing = Object.values(secrets).filter((variable) => !process.env[variable]);
  if (missing.length > 0 && !pulumi.runtime.isDryRun()) {
    throw new pulumi.RunError(
      coded(
        "FL2008",
        `the build of ${name} needs the environment variable${missing.length > 1 ? "s" : ""} ${missing.join(", ")} (build.secrets), which ` +
          `${missing.length > 1 ? "are" : "is"} not set. Nothing was changed.\n  fix: Set ${missing.length > 1 ? "them" : "it"} where \`pulumi up\` runs.`,
      ),
    );
  }
  return Object.fromEntries(Object.entries(secrets).map(([id, variable]) => [id, pulumi.secret(process.env[variable] ?? "")]));
}
