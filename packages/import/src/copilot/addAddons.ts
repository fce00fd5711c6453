import { posix } from "node:path";
import type { FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import { childOf, type SourceNode } from "../source/sourceNode";
import { serviceName } from "../write/serviceName";
import { addonParts, type AddonParts } from "./addons/addons";
import type { AddonData } from "./addons/exports";
import type { Exported } from "./addons/exports";
import { buildFolder } from "./buildFolder";
import type { StoredParameter } from "./addons/storedParameters";
import { settleImports } from "./cloudFormationImports";
import { settleStoredSecrets } from "./storedSecrets";
import type { StackNeeds } from "../write/stackNeeds";
import type { Workload } from "./readManifest";
import { isNamedIn } from "./sourceMentions";
import { setEntry } from "./steps/setEntry";
import { use } from "./steps/topics";
import type { Workspace } from "./workspace";

/** Takes the data of addons over: declares it, and binds the services that it is of, or that import what it exports. */
export function addAddons(
  workspace: Workspace,
  names: readonly string[],
  workloads: readonly Workload[],
  files: SourceFiles,
  claims: Claims,
  problems: FileProblem[],
  stacks: readonly StackNeeds[],
): void {
  const exports = new Map<string, Exported>();
  const stored: StoredParameter[] = [];
  for (const { path, service } of addonsOf(workspace)) {
    const parsed = parseSource(path, files.read(path) ?? "\0", "FL2901");
    problems.push(...parsed.problems);
    if (!parsed.root) continue;
    const parameters = parametersBeside(path, files);
    const workload = workloads.find(({ name }) => name === service);
    const isRead = (variable: string) => {
      const folder = workload && buildFolder(workload.base);
      return folder === undefined ? undefined : isNamedIn(files, posix.join(workspace.root, folder), variable);
    };
    const parts = addonParts(parsed.root, {
      application: workspace.application,
      service,
      parameters,
      claims,
      exports,
      environments: names,
      isRead,
    });
    for (const [name, exported] of parts.exports) exports.set(name, exported);
    if (workload) {
      bind(workload, [...parts.data, ...parts.bound]);
      permit(workload, parts.permissions);
      giveVariables(workload, parts.variables);
    }
    // What nobody is bound to is declared all the same: others may come to use it.
    const [first] = workloads;
    const made = parts.data.filter(({ existing }) => !existing);
    if (first) first.base.data.push(...made.map(({ name, declaration }) => ({ name, declaration })));
    for (const { name, existing } of parts.data)
      for (const stack of existing ? stacks : []) stack.existingData.push({ name, declaration: existing!.get(stack.name)! });
    stored.push(...parts.parameters);
  }
  settleImports(workloads, exports);
  settleStoredSecrets(workloads, stored, claims);
}

/** Gives a service the variables that its addon's outputs gave it, but for those that its manifest has anyway. */
function giveVariables({ base, environments }: Workload, variables: AddonParts["variables"]): void {
  for (const translation of [base, ...environments.values()])
    for (const { name, to, valueIn } of variables) {
      const value = valueIn(translation.environment);
      const { environment = {}, secrets = {} } = translation.manifest as Record<string, object>;
      if (value !== undefined && !(name in environment) && !(name in secrets)) setEntry(translation, to, name, value);
    }
}

/** Files of addons, those of the environments first, as others import what they export. */
function addonsOf({ others }: Workspace): { path: string; service: string | undefined }[] {
  const found = others.flatMap((path) => {
    const [, of] = /(?:^|\/)copilot\/([^/]+)\/addons\/[^/]+\.ya?ml$/.exec(path) ?? [];
    if (of === undefined || /addons\.parameters\.ya?ml$/.test(path)) return [];
    return [{ path, service: of === "environments" ? undefined : serviceName(of) }];
  });
  return found.sort((a, b) => Number(a.service !== undefined) - Number(b.service !== undefined));
}

/** What the folder's addons are given; its own mistakes are told of the file itself. */
function parametersBeside(path: string, files: SourceFiles): SourceNode | undefined {
  const found = ["yml", "yaml"].map((ending) => posix.join(posix.dirname(path), `addons.parameters.${ending}`));
  const [file] = found.filter((each) => files.read(each) !== undefined);
  return file === undefined ? undefined : childOf(parseSource(file, files.read(file)!, "FL2901").root, "Parameters");
}

function bind({ base, environments }: Workload, data: readonly AddonData[]): void {
  for (const translation of [base, ...environments.values()])
    for (const { name, kind, as } of data) {
      const names = Object.keys(as).length > 0 ? { as: { ...as } } : {};
      // A file system has to be mounted where the program looks for it, which storage.volumes says.
      if (kind !== "fileSystem") use(translation, { name, ...(kind === "queue" ? { access: "readWrite" } : {}), ...names });
    }
}

function permit({ base, environments }: Workload, permissions: AddonParts["permissions"]): void {
  for (const translation of [base, ...environments.values()]) {
    const own = permissions(translation.environment);
    const before = (translation.manifest.permissions ?? []) as unknown[];
    if (own.length > 0) translation.set("permissions", [...before, ...own]);
  }
}
