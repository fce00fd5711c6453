import { posix } from "node:path";

import { Claims } from "../findings/claims";
import type { SourceFiles } from "../source/sourceFiles";
import type { Imported, ImportedService } from "../write/imported";
import { serviceName } from "../write/serviceName";
import { layered } from "./layers";
import { addAddons } from "./addAddons";
import { addCalls } from "./addCalls";
import { addCopilotVariables } from "./copilotVariables";
import { sharedNames } from "./copilotNames";
import { dataNeeds } from "./dataNeeds";
import { findDockerfiles } from "./dockerfiles";
import { soundEnvironmentNames } from "./environmentNames";
import { adoptedVpcId, environmentNeeds } from "./environments";
import { otherFiles } from "./otherFiles";
import { copilotOrigin } from "./origin";
import { tellInternalNames } from "./internalNames";
import { overrides } from "./overrides";
import { settleKinds } from "./kinds";
import { resolvePlainHosts } from "./plainHosts";
import { readManifest, type Workload } from "./readManifest";
import { leaveReservedSecrets } from "./reservedVariables";
import { separatePriorities } from "./routePriorities";
import { separateSharedHosts, separateSharedPaths } from "./sharedPaths";
import { separateTcpPorts } from "./tcpPorts";
import { unclaimedKeys } from "./unknownKeys";
import { addUsers } from "./users";
import { readWorkspace } from "./workspace";

/** How an application is to be taken over. */
export interface ImportCopilotArgs {
  files: SourceFiles;
  /** Folder that has `copilot/`, relative to the files; empty for their own. */
  root: string;
  /** What the application is called where it doesn't say so itself. */
  name: string;
  /** Folder of the workspace as it is seen from the folder of a service that is written. */
  toWorkspace: (service: string) => string;
  lenient: boolean;
}

/** All that an application becomes, before anything is written. */
export interface CopilotImport extends Imported {
  /** What each service is in each environment, before it is taken apart into what holds everywhere and what differs. */
  merged: ReadonlyMap<string, ReadonlyMap<string, Record<string, unknown>>>;
}

/** Takes a Copilot application over: reads all of it, and says what becomes of every key. */
export function importCopilot({ files, root, name, toWorkspace, lenient }: ImportCopilotArgs): CopilotImport {
  const workspace = readWorkspace(files, root, name);
  const { application, problems } = workspace;
  const claims = new Claims();
  const names = soundEnvironmentNames(workspace);
  const inAdoptedVpc = new Set(names.filter((each) => adoptedVpcId(workspace, each) !== undefined));
  const read = (path: string) => files.read(posix.join(root, path));
  problems.push(...sharedNames([...workspace.workloads].map(([folder, { path }]) => ({ folder, path, name: serviceName(folder) }))));
  const workloads = [...workspace.workloads].flatMap(([folder, { path, root: manifest }]): Workload[] => {
    const service = serviceName(folder);
    const workload = readManifest({
      root: manifest,
      path,
      service,
      application,
      environmentNames: names,
      inAdoptedVpc,
      claims,
      problems,
      read,
      toWorkspace: toWorkspace(service),
    });
    return workload ? [workload] : [];
  });
  for (const { root: manifest, type, name: service } of workloads)
    problems.push(...unclaimedKeys({ root: manifest, type, service, claims, lenient, environmentNames: names }));
  const taken = workloads.filter(({ type }) => type !== "Static Site");
  settleKinds(taken, claims);
  separateSharedPaths(taken, claims);
  separateSharedHosts(taken, claims);
  separatePriorities(taken);
  separateTcpPorts(taken, claims);
  findDockerfiles(taken, files, root, claims);
  leaveReservedSecrets(taken, claims);
  addUsers(taken, read, claims);
  const mentions = addCopilotVariables(taken, files, root, claims);
  resolvePlainHosts(taken, claims);
  const calls = addCalls(taken, application, claims, mentions);
  tellInternalNames(taken, files, root, application, claims);
  const environments = environmentNeeds({ workspace, names, workloads: taken, claims, problems, lenient });
  addAddons(workspace, names, taken, files, claims, problems, environments);
  const data = dataNeeds(taken);
  otherFiles(workspace, claims);
  overrides(workspace, taken, files, claims, problems);
  const merged = new Map(
    taken.map((workload) => [workload.name, new Map([...workload.environments].map(([each, { manifest }]) => [each, manifest]))]),
  );
  const services = taken.map((workload): ImportedService => {
    return {
      name: workload.name,
      type: workload.type,
      layers: layered(workload.base.manifest, Object.fromEntries(merged.get(workload.name)!)),
    };
  });
  return {
    origin: copilotOrigin,
    application,
    environments,
    services,
    merged,
    data,
    calls,
    mentions,
    findings: claims.findings(names),
    problems,
  };
}
