import { posix } from "node:path";
import type { FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import { childOf, type SourceNode } from "../source/sourceNode";
import { addonParts, type AddonParts } from "./addons/addons";
import type { Workload } from "./readManifest";
import { serviceName } from "../write/serviceName";
import { use } from "./steps/topics";
import type { Workspace } from "./workspace";

/** Takes the data of addons over: declares it, and binds the services that it is of, or that import what it exports. */
export function addAddons(
  workspace: Workspace,
  workloads: readonly Workload[],
  files: SourceFiles,
  claims: Claims,
  problems: FileProblem[],
): void {
  for (const path of workspace.others) {
    const [, of] = /(?:^|\/)copilot\/([^/]+)\/addons\/[^/]+\.ya?ml$/.exec(path) ?? [];
    if (of === undefined || /addons\.parameters\.ya?ml$/.test(path)) continue;
    const parsed = parseSource(path, files.read(path) ?? "\0", "FL2901");
    problems.push(...parsed.problems);
    if (!parsed.root) continue;
    const service = of === "environments" ? undefined : serviceName(of);
    const parameters = parametersBeside(path, files);
    const { data, permissions } = addonParts(parsed.root, { application: workspace.application, service, parameters, claims });
    for (const workload of workloads) {
      const own =
        service === undefined
          ? data.filter(({ exports }) => exports.some((name) => imports(workload.root, name)))
          : workload.name === service
            ? data
            : [];
      bind(workload, own);
      if (workload.name === service) permit(workload, permissions);
    }
    // What nobody is bound to is declared all the same: others may come to use it.
    const [first] = workloads;
    if (first) first.base.data.push(...data.map(({ name, declaration }) => ({ name, declaration })));
  }
}

/** What the folder's addons are given; its own mistakes are told of the file itself. */
function parametersBeside(path: string, files: SourceFiles): SourceNode | undefined {
  const found = ["yml", "yaml"].map((ending) => posix.join(posix.dirname(path), `addons.parameters.${ending}`));
  const [file] = found.filter((each) => files.read(each) !== undefined);
  return file === undefined ? undefined : childOf(parseSource(file, files.read(file)!, "FL2901").root, "Parameters");
}

function bind({ base, environments }: Workload, data: AddonParts["data"]): void {
  for (const translation of [base, ...environments.values()])
    for (const { name, kind, as } of data) {
      const names = Object.keys(as).length > 0 ? { as } : {};
      // A file system has to be mounted where the program looks for it, which storage.volumes says.
      if (kind !== "fileSystem") use(translation, { name, ...(kind === "queue" ? { access: "readWrite" } : {}), ...names });
    }
}

function permit({ base, environments }: Workload, permissions: AddonParts["permissions"]): void {
  if (permissions.length === 0) return;
  for (const translation of [base, ...environments.values()]) {
    const before = (translation.manifest.permissions ?? []) as unknown[];
    translation.set("permissions", [...before, ...permissions]);
  }
}

/** Whether a manifest imports an export, by the end of its name. */
function imports(node: SourceNode, exported: string): boolean {
  if (node.kind === "scalar") return node.text.endsWith(`-${exported}`);
  return node.kind === "list"
    ? node.items.some((item) => imports(item, exported))
    : [...node.entries.values()].some(({ value }) => imports(value, exported));
}
