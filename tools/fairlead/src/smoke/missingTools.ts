import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Plan } from "@fairlead/plan";

import { isInstalled, tools } from "../tools";
import { PulumiFailure, type PulumiCli } from "./pulumiCli";
import { refusal } from "./refusal";

/**
 * Looks for the programs that `up` calls.
 *
 * @throws UserError where one is missing
 */
export function checkTools({ resources }: Plan): void {
  const refuse = (text: string) => refusal("FL2606", text);
  if (!isInstalled(tools.pulumi)) throw refuse(tools.pulumi.missing);
  const builds = resources.some(({ type }) => type.startsWith("docker-build:"));
  // Apart from Docker it does as well.
  if (builds && !isInstalled(tools.buildx, [["buildx", "version"]])) throw refuse(tools.buildx.missing);
}

/**
 * Installs the plugins that `up` would install by itself, before anything is created.
 *
 * @param root folder of the project
 * @throws UserError where one is missing and can't be installed
 */
export async function checkPlugins(plan: Plan, root: string, pulumi: PulumiCli): Promise<void> {
  const needed = pluginsOf(plan, root).filter(({ name }) => !isOnPath(`pulumi-resource-${name}`));
  if (needed.length === 0) return;
  const listed = await pulumi.plugins().catch((error: Error) => {
    throw error instanceof PulumiFailure ? refusal("FL2606", `Pulumi doesn't say which plugins are installed:\n${error.message}`) : error;
  });
  const installed = new Set(listed.map(({ name, version }) => `${name} ${version.replace(/^v/, "")}`));
  for (const plugin of needed.filter(({ name, version }) => !installed.has(`${name} ${version}`))) {
    const { name, version } = plugin;
    const refuse = (why: string) =>
      refusal("FL2606", `Pulumi's plugin ${name} ${version} is not installed${why}`, `pulumi plugin install resource ${name} ${version}`);
    if (isTrue(process.env.PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION))
      throw refuse(", and PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION is set.");
    await pulumi.installPlugin(plugin).catch((error: Error) => {
      throw error instanceof PulumiFailure ? refuse(`, and can't be:\n${error.message}`) : error;
    });
  }
}

/** Those of the installed SDKs whose resources a plan has: the engine asks for the SDK's own version. */
function pluginsOf({ resources }: Plan, root: string): { name: string; version: string }[] {
  const names = new Set(resources.map(({ type }) => type.replace(/^pulumi:providers:/, "").split(":")[0]!));
  return [...names].flatMap((name) => {
    try {
      const file = require.resolve(`@pulumi/${name}/package.json`, { paths: [root] });
      const { version, pulumi } = JSON.parse(readFileSync(file, "utf8")) as { version: string; pulumi?: { resource?: boolean } };
      return pulumi?.resource ? [{ name, version }] : [];
    } catch {
      return [];
    }
  });
}

const isOnPath = (program: string) => (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
const isTrue = (value: string | undefined) => value === "true" || value === "1";
