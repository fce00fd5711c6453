import type { FileProblem } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import { parseSource } from "../source/parseSource";
import type { SourceFiles } from "../source/sourceFiles";
import type { SourceNode } from "../source/sourceNode";
import { addonData, type AddonData } from "./addons/addons";
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
    const data = addonData(parsed.root, service, claims);
    for (const workload of workloads) {
      const own =
        service === undefined
          ? data.filter(({ exports }) => exports.some((name) => imports(workload.root, name)))
          : workload.name === service
            ? data
            : [];
      bind(workload, own);
    }
    // What nobody is bound to is declared all the same: others may come to use it.
    const [first] = workloads;
    if (first) first.base.data.push(...data.map(({ name, declaration }) => ({ name, declaration })));
  }
}

function bind({ base, environments }: Workload, data: readonly AddonData[]): void {
  for (const translation of [base, ...environments.values()])
    for (const { name, kind, as } of data) {
      const names = Object.keys(as).length > 0 ? { as } : {};
      // A file system has to be mounted where the program looks for it, which storage.volumes says.
      if (kind !== "fileSystem") use(translation, { name, ...(kind === "queue" ? { access: "readWrite" } : {}), ...names });
    }
}

/** Whether a manifest imports an export, by the end of its name. */
function imports(node: SourceNode, exported: string): boolean {
  if (node.kind === "scalar") return node.text.endsWith(`-${exported}`);
  return node.kind === "list"
    ? node.items.some((item) => imports(item, exported))
    : [...node.entries.values()].some(({ value }) => imports(value, exported));
}
