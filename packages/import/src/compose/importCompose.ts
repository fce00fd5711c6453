import { posix } from "node:path";
import type { FileProblem } from "@fairlead/model";

import { Claims } from "../findings/claims";
import type { SourceFiles } from "../source/sourceFiles";
import { childOf } from "../source/sourceNode";
import type { DataNeed, Imported, ImportedService, InferredCall } from "../write/imported";
import { serviceName, untakenName } from "../write/serviceName";
import type { StackNeeds } from "../write/stackNeeds";
import { bind } from "./bindings";
import type { ComposeFiles } from "./composeFiles";
import type { DataService } from "./dataService";
import { dataService } from "./dataServices";
import { extendedDockerfile } from "./extendedDockerfile";
import { nameHosts } from "./hostNames";
import { isCallable, addCall, resolveHosts } from "./hosts";
import { GeneratedSecrets } from "./generatedSecrets";
import { developmentImage } from "./images/known";
import { chooseKinds } from "./kinds";
import { loadProject, textsOf, type Project } from "./loadProject";
import { tellOrder, writeNeeds } from "./needs";
import { composeOrigin } from "./origin";
import { imageSettings, ownDockerfile } from "./ownDockerfile";
import { ProjectReader } from "./project";
import { settleProject } from "./projectKeys";
import { assignRoles } from "./roles";
import { initJob } from "./initScripts";
import { keepFiles, tellOfServer } from "./servers";
import { addRoutes } from "./routes";
import { ServiceTranslation, type ServiceContext } from "./serviceTranslation";
import { settle } from "./settle";
import { tellSourceHosts } from "./sourceHosts";
import { findSourceMentions } from "./sourceMentions";
import { container } from "./steps/container";
import { dependsOn } from "./steps/dependsOn";
import { healthCheck } from "./steps/healthCheck";
import { image } from "./steps/image";
import { ports } from "./steps/ports";
import { resources } from "./steps/resources";
import { variables } from "./steps/variables";
import { secretFiles } from "./steps/secretFiles";
import { volumes } from "./steps/volumes";
import { Parameters } from "./parameters";
import { writeVariables } from "./writeVariables";

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
  /** Profiles that are active; those of COMPOSE_PROFILES in .env where there are none. */
  profiles?: readonly string[];
}

/** The one environment of a Compose file. */
const environment = "dev";

/** Takes a Compose project over: reads all of it, and says what becomes of every key. */
export function importCompose(args: ImportComposeArgs): Imported {
  const {
    files,
    project: { files: paths, others },
    name,
    toWorkspace,
    lenient,
  } = args;
  const claims = new Claims();
  const problems: FileProblem[] = [];
  const reader = new ProjectReader(files, claims, problems);
  const project = loadProject(reader, paths);
  const named = project.values.get("COMPOSE_PROJECT_NAME") ?? (project.name?.kind === "scalar" ? project.name.text : "");
  const application = serviceName(named || name);
  const profiles = args.profiles?.length ? args.profiles : profilesOf(project.values);
  const context: ServiceContext = { claims, problems, files, application, environment, unknown: reader.unknown, toWorkspace };
  const all = translations(project, context);
  for (const translation of all) dependsOn(translation, project.services);
  nameHosts(all);
  assignRoles(all, profiles);
  const hosts = all.flatMap((each) => each.hosts);
  for (const translation of all.filter(isTaken)) {
    translation.root.at("profiles")?.claim();
    variables(translation, project.values, hosts);
  }
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
    const declare = (volume: string) => fileSystem(volume, fileSystems, data);
    volumes(translation, declare);
    keepFiles(translation, declare);
  }
  findSourceMentions(taken, all.filter(isTaken), files);
  const isTakenName = (wanted: string) => [...data, ...fileSystems.values()].some((each) => each.name === wanted);
  const parameters = new Parameters(application, environment);
  const { calls, secrets } = connect(all, taken, data, { application, isTakenName, parameters });
  const callable = taken.filter(isCallable);
  for (const translation of taken) ownDockerfile(translation, callable, `${application}.internal`);
  for (const translation of taken) extendedDockerfile(translation);
  const searchesNames = tellSourceHosts(taken, data, `${application}.internal`, calls);
  for (const translation of taken) {
    writeNeeds(translation);
    tellOrder(translation, taken);
    problems.push(...settle(translation, lenient));
  }
  settleProject(project, others, taken.concat(all.filter(({ role }) => role === "data")), context, lenient);
  if (project.services.size === 0 && problems.length === 0)
    reader.problem("FL2904", { file: paths[0]!, line: 1, column: 1 }, "the file has no services", "services: with a service at least");
  const services = taken.map((each): ImportedService => ({
    name: each.service,
    type: each.role === "job" ? "job" : "service",
    layers: { base: { name: each.service, ...each.manifest }, environments: {} },
    files: ownFiles(each),
  }));
  return {
    origin: composeOrigin,
    application,
    environments: [stackNeeds(application, taken, searchesNames)],
    services: [...services, ...data.flatMap((each) => initJob(each, taken))],
    data: [...data.map(({ need }) => need), ...fileSystems.values(), ...secrets],
    calls,
    mentions: [],
    values: parameters.needed,
    findings: claims.findings([environment]),
    problems,
  };
}

/** Profiles that are active where nobody names any. */
function profilesOf(values: ReadonlyMap<string, string>): string[] {
  return (values.get("COMPOSE_PROFILES") ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
}

/** Whether anything becomes of a service. */
function isTaken({ role }: ServiceTranslation): boolean {
  return role === "service" || role === "job" || role === "data";
}

function ownFiles({ dockerfile, files, manifest }: ServiceTranslation): Record<string, string> {
  if (manifest.image !== undefined || !dockerfile) return {};
  return { ...Object.fromEntries(files), Dockerfile: `${dockerfile.join("\n")}\n` };
}

/** Services under names that are ours: two that come to the same are told apart by a number. */
function translations({ services }: Project, context: ServiceContext): ServiceTranslation[] {
  const taken = new Set<string>();
  return [...services].map(([key, node]) => {
    const name = untakenName(serviceName(key), (each) => taken.has(each));
    taken.add(name);
    return new ServiceTranslation(key, name, node, context);
  });
}

/** Services that Compose itself does not start, and those that serve whoever develops. */
function leaveOut(translation: ServiceTranslation): void {
  const { role, node, claims, baseImage } = translation;
  if (role !== "inactive" && role !== "development") return;
  claims.cover(node);
  const profiles = textsOf(childOf(node, "profiles"));
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
  const isTaken = (wanted: string) => [...data, ...fileSystems.values()].some((each) => each.name === wanted);
  const name = isTaken(plain) && !isTaken(`${plain}-files`) ? `${plain}-files` : untakenName(plain, isTaken);
  fileSystems.set(volume, { name, declaration: "fileSystem({ enforceUserIdentity: false, sharedFolder: true })" });
  return name;
}

/** Who is bound to what, who calls whom, and who is public. */
function connect(
  all: readonly ServiceTranslation[],
  taken: readonly ServiceTranslation[],
  data: readonly DataService[],
  { application, isTakenName, parameters }: { application: string; isTakenName: (name: string) => boolean; parameters: Parameters },
): { calls: InferredCall[]; secrets: DataNeed[] } {
  const calls: InferredCall[] = [];
  const domain = `${application}.internal`;
  for (const translation of taken) bind(translation, data);
  chooseKinds(taken);
  for (const translation of taken) resolveHosts(translation, { services: all, domain, calls });
  const generated = new GeneratedSecrets(taken, isTakenName);
  secretFiles(
    taken,
    data.map((each) => each.translation),
    generated,
  );
  for (const translation of taken)
    writeVariables(
      translation,
      all.filter((each) => each !== translation),
      data,
      { parameters, generated },
    );
  for (const translation of taken) {
    for (const name of translation.dependsOn.keys()) {
      const other = taken.find(({ key }) => key === name);
      if (other && isCallable(other)) addCall(translation, other, "likely", "depends_on", calls);
    }
    tellOfServer(translation);
  }
  addRoutes(taken);
  return { calls, secrets: generated.needs };
}

function stackNeeds(application: string, services: readonly ServiceTranslation[], searchesNames: boolean): StackNeeds {
  return {
    existingData: [],
    name: environment,
    namespaceName: `${application}.internal`,
    searchesNames,
    natGateway: false,
    containerInsights: false,
    flowLogs: false,
    accessLogs: false,
    networkLoadBalancer: services.some(({ manifest }) => manifest.tcp !== undefined),
    logRetentionDays: 30,
    alarms: false,
  };
}

/** What a project is called that doesn't say so: its folder, as Compose has it. */
export function projectName(folder: string): string {
  return posix.basename(folder) || "app";
}
