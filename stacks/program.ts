import { join } from "node:path";
import { formatDiagnostics, ManifestError } from "@fairlead/manifest";
import { PromotionFileError } from "@fairlead/registry";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "./environment";

const environments: Record<string, () => Environment> = {
  dev: () => (require("./dev") as typeof import("./dev")).dev,
  staging: () => (require("./staging") as typeof import("./staging")).staging,
  prod: () => (require("./prod") as typeof import("./prod")).prod,
  access: () => (require("./access") as typeof import("./access")).access,
  sandbox: () => (require("./sandbox") as typeof import("./sandbox")).sandbox,
  everything: () => (require("../examples/everything/everything") as typeof import("../examples/everything/everything")).everything,
};

/** What Pulumi runs: the stack's environment. A problem in a manifest ends it before the first resource. */
export function program(): unknown {
  const stack = pulumi.getStack();
  const environment = environments[stack];
  if (!environment) {
    const names = Object.keys(environments).join(", ");
    throw runError(`There is no environment "${stack}". Stacks: ${names}. Add one in stacks/program.ts.`);
  }
  try {
    return environment()();
  } catch (error) {
    if (error instanceof ManifestError)
      throw runError(`${error.message}\n\n${formatDiagnostics(error.diagnostics, join(__dirname, ".."))}`);
    if (pulumi.RunError.isInstance(error) || error instanceof PromotionFileError) throw runError(error.message);
    if (error instanceof Error) error.stack = error.stack?.replace(sdkFrames, "");
    throw error;
  }
}

/**
 * Frames of the SDK, which say nothing to a program's author. They must also go because Node 20 takes half a minute to print one such as
 * `node_modules/@pulumi/resource.ts` in colour (util.inspect grows a text until it is too long).
 */
const sdkFrames = /\n +at [^\n]*node_modules[\\/]@pulumi[\\/][^\n]*/g;

/** What the engine prints without a stack. */
function runError(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: undefined });
}
