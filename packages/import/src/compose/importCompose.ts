import { posix } from "node:path";
import type { FileProblem } from "@fairlead/model";

import { Claims } from "../findings/claims";
import type { SourceFiles } from "../source/sourceFiles";
import type { DataNeed, Imported, ImportedService, InferredCall } from "../write/imported";
import { serviceName } from "../write/serviceName";
import type { StackNeeds } from "../write/stackNeeds";
import { bind } from "./bindings";
import type { ComposeFiles } from "./composeFiles";
import { dataService, type DataService } from "./dataServices";
import { isCallable, addCall, resolveHosts } from "./hosts";
import { developmentImage, serverImage } from "./images/known";
import { chooseKinds } from "./kinds";
import { loadProject, type Project } from "./loadProject";
import { composeOrigin } from "./origin";
import { imageSettings, ownDockerfile } from "./ownDockerfile";
import { ProjectReader } from "./project";
import { settleProject } from "./projectKeys";
import { assignRoles } from "./roles";
import { addRoutes } from "./routes";
import { ServiceTranslation, type ServiceContext } from "./serviceTranslation";
import { settle } from "./settle";
import { tellSourceHosts } from "./sourceHosts";
import { container } from "./steps/container";
import { dependsOn } from "./steps/dependsOn";
import { healthCheck } from "./steps/healthCheck";
import { image } from "./steps/image";
import { ports } from "./steps/ports";
import { resources } from "./steps/resources";
import { variables } from "./steps/variables";
import { volumes } from "./steps/volumes";
import { Parameters, writeVariables } from "./writeVariables";

/** How a Compose project is to be taken over. */
export interface ImportComposeArgs {
  files: SourceFiles;
  /** The files of the project, of `composeFiles`. */
  project: ComposeFiles;
  /** What the application is called where no file says it. */
  name: string;
  /** Folder of the files as it is seen from the folder of a service that is written. */
  toWorkspace: (service: string) => string;
  lenient: boolean;
  /** Profiles that are active. */
  profiles?: readonly string[];
}

/** The one environment of a Compose file. */
const environment = "dev";

/** Takes a Compose project over: reads all of it, and says what becomes of every key. */
export function importCompose({
  files,
  project: { files: paths, others },
  name,
  toWorkspace,
  lenient,
  profiles = [],
}: ImportComposeArgs): Imported {
  const claims = new Claims();
  const problems: FileProblem[] = [];
  const reader = new ProjectReader(files, claims, problems);
  const project = loadProject(reader, paths);
  const application = serviceName((project.name?.kind === "scalar" && project.name.text) || name);
  const context: ServiceContext = { claims, problems, files, application, environment, unknown: reader.unknown, toWorkspace };
  const all = translations(project, context);
  for (const translation of all) {
    variables(translation, project.values);
    dependsOn(translation);
  }
  assignRoles(all, profiles);
  const data = all.filter(({ role }) => role === "data").map((each) => dataService(each, lenient));
  for (const translation of all) leaveOut(translation);
  const taken = all.filter(({ role }) => role === "service" || role === "job");
  const fileSystems = new Map<string, DataNeed>();
  for (const translation of taken) {
    image(translation);
    container(translation);
    resources(translation);
    healthCheck(translation);
    ports(translation);
    imageSettings(translation);
    volumes(translation, (volume) => fileSystem(volume, fileSystems, data));
    ownDockerfile(translation);
  }
  const calls = connect(all, taken, data, application);
  tellSourceHosts(taken, data, files, `${application}.internal`, calls);
  for (const translation of taken) {
    writeNeeds(translation);
    before(translation, taken);
    problems.push(...settle(translation, lenient));
  }
  settleProject(project, others, taken.concat(all.filter(({ role }) => role === "data")), context, lenient);
  if (project.services.size === 0 && problems.length === 0)
    reader.problem("FL2904", { file: paths[0]!, line: 1, column: 1 }, "the file has no services", "services: with a service at least");
  const services = taken.map((each): ImportedService => ({
    name: each.service,
    type: each.role === "job" ? "a job" : "service",
    layers: { base: { name: each.service, ...each.manifest }, environments: {} },
    ...(each.dockerfile ? { files: { Dockerfile: `${each.dockerfile.join("\n")}\n` } } : {}),
  }));
  return {
    origin: composeOrigin,
    application,
    environments: [stackNeeds(application, taken)],
    services,
    data: [...data.map(({ need }) => need), ...fileSystems.values()],
    calls,
    mentions: [],
    findings: claims.findings([environment]),
    problems,
  };
}

/** Services under names that are ours: two that come to the same are told apart by a number. */
function translations({ services }: Project, context: ServiceContext): ServiceTranslation[] {
  const taken = new Set<string>();
  return [...services].map(([key, node]) => {
    let name = serviceName(key);
    for (let number = 2; taken.has(name); number++) name = `${serviceName(key)}-${number}`;
    taken.add(name);
    return new ServiceTranslation(key, name, node, context);
  });
}

/** Services that Compose itself does not start, and those that serve whoever develops. */
function leaveOut(translation: ServiceTranslation): void {
  const { role, node, claims, baseImage } = translation;
  if (role !== "inactive" && role !== "development") return;
  claims.cover(node);
  const profiles = translation.root.at("profiles")?.texts() ?? [];
  translation.say(
    role === "inactive"
      ? {
          outcome: "ignored",
          source: `services.${translation.key}`,
          text: `Compose starts it with --profile ${profiles[0] ?? ""} alone; so does the import take it over.`,
        }
      : { outcome: "dropped", source: `services.${translation.key}`, text: developmentImage(baseImage!), isDevelopment: true },
  );
}

function fileSystem(volume: string, fileSystems: Map<string, DataNeed>, data: readonly DataService[]): string {
  const known = fileSystems.get(volume);
  if (known) return known.name;
  const plain = serviceName(volume.replaceAll("_", "-"));
  const name = data.some((each) => each.name === plain) ? `${plain}-files` : plain;
  fileSystems.set(volume, { name, declaration: "fileSystem()" });
  return name;
}

/** Who is bound to what, who calls whom, and who is public. */
function connect(
  all: readonly ServiceTranslation[],
  taken: readonly ServiceTranslation[],
  data: readonly DataService[],
  application: string,
): InferredCall[] {
  const calls: InferredCall[] = [];
  const domain = `${application}.internal`;
  for (const translation of taken) bind(translation, data);
  chooseKinds(taken);
  for (const translation of taken) resolveHosts(translation, { services: all, domain, calls });
  const parameters = new Parameters(application, environment);
  for (const translation of taken)
    writeVariables(
      translation,
      all.filter((each) => each !== translation),
      data,
      parameters,
    );
  for (const translation of taken) {
    for (const name of translation.dependsOn.keys()) {
      const other = taken.find(({ key }) => key === name);
      if (other && isCallable(other)) addCall(translation, other, "likely", "depends_on", calls);
    }
    tellOfServer(translation);
  }
  addRoutes(taken);
  return calls;
}

/** A database that nobody looks after but its owner. */
function tellOfServer(translation: ServiceTranslation): void {
  const server = translation.baseImage === undefined ? undefined : serverImage(translation.baseImage);
  if (!server) return;
  const { place } = translation.root.at("image")?.node.origin ?? translation.node.origin;
  const isKept = [...translation.uses.values()].some(({ containerPath }) => containerPath !== undefined);
  translation.say(
    {
      outcome: "decide",
      source: `services.${translation.key}.image`,
      to: "image",
      text: `${server.what} is no kind of data here. It is written as a container service, ${isKept ? "with its files on EFS, which are slower than a disk, and without backups of its own" : "whose files are gone with each task: name a volume for what is to stay"}: good for a trial. Better: ${server.instead}, with its address under environment and its login under secrets.`,
    },
    place,
  );
  // Two tasks on the same files would break them.
  if (isKept) translation.set("deployment", { minimumHealthyPercent: 0, maximumPercent: 100 });
}

function writeNeeds(translation: ServiceTranslation): void {
  const uses = [...translation.uses].map(([name, { as, access, containerPath }]) => ({
    name,
    ...(access ? { access } : {}),
    ...(Object.keys(as).length > 0 ? { as } : {}),
    ...(containerPath ? { containerPath } : {}),
  }));
  if (uses.length > 0) translation.set("uses", uses);
  if (translation.calls.size > 0) translation.set("calls", [...translation.calls]);
}

/** Services whose rollout waits for a job. */
function before(translation: ServiceTranslation, taken: readonly ServiceTranslation[]): void {
  if (translation.role !== "job") return;
  const waiting = taken.filter(
    ({ role, dependsOn: names }) => role === "service" && names.get(translation.key) === "service_completed_successfully",
  );
  if (waiting.length > 0)
    translation.set(
      "before",
      waiting.map(({ service }) => service),
    );
}

function stackNeeds(application: string, services: readonly ServiceTranslation[]): StackNeeds {
  return {
    name: environment,
    namespaceName: `${application}.internal`,
    natGateway: false,
    containerInsights: false,
    flowLogs: false,
    accessLogs: false,
    networkLoadBalancer: services.some(({ manifest }) => manifest.tcp !== undefined),
    serviceConnect: false,
    logRetentionDays: 30,
    alarms: false,
  };
}

/** What a project is called that doesn't say so: its folder, as Compose has it. */
export function projectName(folder: string): string {
  return posix.basename(folder) || "app";
}
