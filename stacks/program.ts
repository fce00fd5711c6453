import { formatDiagnostics, ManifestError } from "@fairlead/manifest";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "./environment";

const environments: Record<string, () => Environment> = {
  dev: () => (require("./dev") as typeof import("./dev")).dev,
  staging: () => (require("./staging") as typeof import("./staging")).staging,
  prod: () => (require("./prod") as typeof import("./prod")).prod,
  sandbox: () => (require("./sandbox") as typeof import("./sandbox")).sandbox,
};

/** What Pulumi runs: the stack's environment. A problem in a manifest ends it before the first resource. */
export function program(): unknown {
  const stack = pulumi.getStack();
  const environment = environments[stack];
  if (!environment) {
    const names = Object.keys(environments).join(", ");
    throw new pulumi.RunError(`There is no environment "${stack}". Stacks: ${names}. Add one in stacks/program.ts.`);
  }
  try {
    return environment()();
  } catch (error) {
    // RunError is what the engine prints without a stack.
    if (error instanceof ManifestError) throw new pulumi.RunError(`${error.message}\n\n${formatDiagnostics(error.diagnostics)}`);
    throw error;
  }
}
