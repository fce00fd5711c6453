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
import { settleImports } from "./cloudFormationImports";
import type { Workload } from "./readManifest";
import { isNamedIn } from "./sourceMentions";
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
): void {
  const exports = new Map<string, Exported>();
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
    }
    // What nobody is bound to is declared all the same: others may come to use it.
    const [first] = workloads;
    if (first) first.base.data.push(...parts.data.map(({ name, declaration }) => ({ name, declaration })));
  }
  settleImports(workloads, exports);
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
