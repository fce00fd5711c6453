// Installs the Pulumi CLI of the version that the SDK is made for, with the SDK's own installer, and prints the folder that it is in.
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const { PulumiCommand } = require("@pulumi/pulumi/automation");
const { SemVer } = require("semver");
const { version } = require("@pulumi/pulumi/package.json");

const root = join(homedir(), ".pulumi", "versions", version);
await PulumiCommand.install({ version: new SemVer(version), root });
console.log(join(root, "bin"));
