// Installs the Pulumi CLI of the version of the stacks' SDK, with the SDK's own installer, and prints the folder that it is in.
import { createRequire } from "node:module";
import { dirname } from "node:path";

const requireOfStacks = createRequire(new URL("../stacks/package.json", import.meta.url));
const { PulumiCommand } = requireOfStacks("@pulumi/pulumi/automation");

const { command } = await PulumiCommand.install();
console.log(dirname(command));
