import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { compositionFile, stacksAmong, UserError } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import { refuseTakenNames } from "./distinctNames";
import { readSettings, type ProgramHooks, type ProjectFolders, type Settings } from "./settings";
import { checkAccount } from "./stackAccount";
import { placeRoles } from "./stackRoles";

/** One stack's composition; returns the stack's outputs. The default export of `<stack>.ts` beside the stack's configuration. */
export type Composition = (settings: Settings) => Record<string, unknown>;

/** What Pulumi runs: the composition of the stack that is asked for. A problem in a manifest ends it before the first resource. */
export function stackProgram(folders: ProjectFolders): (hooks?: ProgramHooks) => Promise<unknown> {
  return async (hooks) => {
    try {
      const composition = compositionOf(folders.stacks);
      const settings = readSettings(folders, hooks);
      await checkAccount(settings);
      placeRoles(settings);
      refuseTakenNames();
      return composition(settings);
    } catch (error) {
      throw forItsUser(error, folders.root);
    }
  };
}

function compositionOf(stacks: string): Composition {
  const stack = pulumi.getStack();
  const file = join(stacks, compositionFile(stack));
  if (!existsSync(file)) {
    const known = stacksAmong(readdirSync(stacks)).join(", ");
    throw new pulumi.RunError(
      `The stack "${stack}" has no composition: there is no ${stack}.ts beside its configuration. Stacks: ${known}.`,
    );
  }
  const { default: composition } = require(file) as { default?: Composition };
  if (typeof composition === "function") return composition;
  throw new pulumi.RunError(`${stack}.ts has no function as its default export: export default function (settings: Settings) { … }`);
}

/** What a person reads of an error. The engine prints a RunError without its stack. */
function forItsUser(error: unknown, root: string): unknown {
  if (error instanceof UserError) return runError(error.toldFrom(root));
  if (pulumi.RunError.isInstance(error)) return runError(error.message);
  if (pulumi.InputPropertiesError.isInstance(error)) return runError(argumentsMessage(error));
  if (error instanceof Error) error.stack = error.stack?.replace(sdkFrames, "");
  return error;
}

/**
 * Frames of the SDK, which say nothing to a program's author. They must also go because Node 20 takes half a minute to print one such as
 * `node_modules/@pulumi/resource.ts` in colour (util.inspect grows a text until it is too long).
 */
const sdkFrames = /\n +at [^\n]*node_modules[\\/]@pulumi[\\/][^\n]*/g;

/** Neither engine prints more than the heading of such an error where a program throws it. */
function argumentsMessage({ message, errors = [] }: pulumi.InputPropertiesError): string {
  return [`${message}:`, ...errors.map(({ propertyPath, reason }) => `  ${propertyPath}: ${reason}`)].join("\n");
}

function runError(message: string): pulumi.RunError {
  return Object.assign(new pulumi.RunError(message), { stack: undefined });
}
