import { ImageError, type Descriptor, type ImageSource, type Manifest } from "@fairlead/images";
import { platforms as taskPlatforms } from "@fairlead/model";

import { Budget, OutOfMemory, waitedFor, type Share } from "./budget";
import type { Container } from "./container/container";
import { argumentsOf, environmentOf, userOf, type ContainerSettings } from "./container/containerSettings";
import { healthCheckProblems } from "./start/healthCheck";
import { commandProblems } from "./start/start";
import { FileTree } from "./files/fileTree";
import { contradiction, finding, findingOf, may, type Finding } from "./finding";
import { imageHealthCheck, type TaskHealthCheck } from "./start/imageHealthCheck";
import { limits } from "./limits";
import { KeptTexts } from "./files/keptTexts";
import { ProbeMemory } from "./files/probeMemory";
import { readLayer } from "./files/layer";
import type { LayerContext } from "./files/layerContext";
import { readAgain } from "./files/readAgain";
import { UnpackedSize } from "./files/unpackedSize";
import { readConfig, type Config } from "./imageConfig";
import { platformImages, type PlatformImage } from "./platformImages";
import { grantedCapabilities } from "./container/capabilities";
import { portProblems } from "./start/ports";
import { rootProblems } from "./start/rootUser";
import { makeFolder, workingDirectoryProblems } from "./start/workingDirectory";
import { identityOf, root } from "./container/user";
import { mountedFolders, mountProblems, writableFolders } from "./container/mounts";
import { unlessSecret } from "./start/secrets";
import { unsetVariables } from "./container/unsetVariables";

/** Arguments of {@link inspect}. */
export interface InspectArgs {
  /** Platforms that tasks need. Of those that tasks can have, the ones that the image has by default. */
  platforms?: readonly string[];
  /** What the task definition changes of how the image is run. Nothing by default. */
  run?: ContainerSettings;
}

/** What an inspection found of one platform's image. */
export interface PlatformReport {
  platform: string;
  /** Digest of the platform's own manifest; undefined if there is none. */
  digest?: string;
  layers: number;
  /** Bytes that a task pulls. */
  size: number;
  /** Program and arguments that the container starts with. */
  arguments: string[];
  user: string;
  /** The image's own health check, for a task definition that has none. */
  healthCheck?: TaskHealthCheck;
  findings: Finding[];
}

/** What an inspection found. */
export interface ImageReport {
  image: string;
  /** Of what the reference leads to: the index, or the only image. */
  digest: string;
  platforms: PlatformReport[];
  /** Platforms that the image has as well, and that were not looked at. */
  others?: string[];
}

/**
 * Reads an image back, index, manifests, configs and layers, and tells for each platform why a container of it would not start.
 *
 * @throws ImageError if the image is not there, or can't be reached
 */
export async function inspect(source: ImageSource, args: InspectArgs = {}): Promise<ImageReport> {
  return inspectRoot(source, await source.root(), args);
}

/** The same, for a caller that has read the root. */
export async function inspectRoot(source: ImageSource, root: Manifest, args: InspectArgs): Promise<ImageReport> {
  const budget = new Budget();
  const timed = waitedFor(source, budget);
  const known = await platformImages(timed, root);
  const present = [...new Set(known.map(({ platform }) => platform))].sort();
  const usable = taskPlatforms.filter((platform) => present.includes(platform));
  const wanted = [...new Set(args.platforms ?? (usable.length > 0 ? usable : taskPlatforms))].sort();
  const one = async (platform: string, isAlone: boolean): Promise<PlatformReport | undefined> => {
    const image = known.find((candidate) => candidate.platform === platform);
    if (!image) return missing(platform, present);
    return budget.run((share) => inspectPlatform(timed, image, args.run ?? {}, { share, isAlone }));
  };
  const together = await Promise.all(wanted.map((platform) => one(platform, wanted.length === 1)));
  const platforms: PlatformReport[] = [];
  // What there was no room for beside the others is read again, by itself.
  for (const [position, platform] of wanted.entries()) platforms.push((together[position] ?? (await one(platform, true)))!);
  const others = present.filter((platform) => !wanted.includes(platform));
  return { image: source.name, digest: root.digest, platforms, ...(others.length > 0 && { others }) };
}

/** Platforms of an image, sorted. */
export async function platformsOf(source: ImageSource): Promise<string[]> {
  const known = await platformImages(source, await source.root());
  return [...new Set(known.map(({ platform }) => platform))].sort();
}

const empty = { layers: 0, size: 0, arguments: [], user: "" };

/** What machines of a platform may start as well, where an image has nothing closer. */
const older: Record<string, RegExp> = { "linux/amd64": /^linux\/386$/, "linux/arm64": /^linux\/arm\// };

function missing(platform: string, present: string[]): PlatformReport {
  const has = present.length > 0 ? `it has ${present.slice(0, 20).join(", ")}` : "it has none";
  const fix = `Build it for ${platform} as well (\`--platform ${[...new Set([...present.slice(0, 20), platform])].sort().join(",")}\`), or set runtimePlatform.cpuArchitecture to what it has.`;
  const found = finding("FL2101", `the image has no ${platform}: ${has}`, fix);
  const instead = present.find((other) => older[platform]?.test(other));
  return { platform, ...empty, findings: [instead ? may({ ...found, problem: `${found.problem}. A task gets ${instead}` }) : found] };
}

/** @returns undefined if there is no room for it, and it is not alone */
async function inspectPlatform(
  source: ImageSource,
  { platform, descriptor }: PlatformImage,
  run: ContainerSettings,
  { share, isAlone }: { share: Share; isAlone: boolean },
): Promise<PlatformReport | undefined> {
  const report: PlatformReport = { platform, digest: descriptor.digest, ...empty, findings: [] };
  try {
    const { config: configDescriptor, layers = [] } = await source.manifest(descriptor);
    report.layers = layers.length;
    report.size = layers.reduce((sum, { size }) => sum + size, 0);
    const config = await readConfig(source, configDescriptor!);
    report.findings.push(...contradictions(platform, config, layers.length));
    const tree = new FileTree(() => share.checkTime());
    const kept = { texts: new KeptTexts(share), probes: new ProbeMemory(share), unpacked: new UnpackedSize() };
    for (const [number, layer] of layers.entries()) {
      report.findings.push(...(await readAgainIfCutOff(source, layer, { tree, ...kept, share, number, diffId: config.diffIds[number] })));
    }
    report.findings.push(...kept.unpacked.findings());
    Object.assign(report, whatRuns(config, run));
    const wanted = new Set<string>();
    const ofLayers = report.findings;
    const judge = () => (report.findings = [...ofLayers, ...problemsOf(platform, config, run, tree, wanted)]);
    judge();
    const before = { source, layers, diffIds: config.diffIds, tree, share };
    if (wanted.size > 0 && (await readAgain(wanted, before))) judge();
    // What can't run would make a service unhealthy for ever.
    if (report.findings.some(({ code }) => code === "FL2112")) report.healthCheck = undefined;
  } catch (error) {
    if (error instanceof OutOfMemory && !isAlone) return undefined;
    // An image that brings a check down stops no `up` by it.
    const problem = error instanceof ImageError ? error : new ImageError("FL2126", `its inspection failed: ${String(error).slice(0, 200)}`);
    report.findings.push(findingOf(problem));
  }
  return report;
}

const attempts = 3;

/** What a layer adds to the tree it adds once, however often it is read. */
async function readAgainIfCutOff(source: ImageSource, layer: Descriptor, context: LayerContext): Promise<Finding[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readLayer(await source.blob(layer), layer, context);
    } catch (error) {
      if (attempt === attempts || !(error instanceof ImageError && error.transient)) throw error;
    }
  }
}

function contradictions(platform: string, config: Config, layers: number): Finding[] {
  const findings: Finding[] = [];
  if (config.platform !== platform) {
    const fix =
      "Rebuild it. The usual cause is FROM --platform=… with a fixed platform in the last stage, or an index that was put together by hand.";
    findings.push(may(finding("FL2102", `the index says ${platform}, the image's own config ${config.platform}`, fix)));
  }
  if (config.diffIds.length !== layers)
    findings.push(contradiction(`the manifest has ${layers} layers, the config ${config.diffIds.length}`));
  return findings;
}

function whatRuns({ config }: Config, run: ContainerSettings): Pick<PlatformReport, "arguments" | "user" | "healthCheck"> {
  return { arguments: argumentsOf(run, config), user: userOf(run, config), healthCheck: imageHealthCheck(run, config) };
}

function problemsOf(platform: string, { config }: Config, run: ContainerSettings, tree: FileTree, wantedTexts: Set<string>): Finding[] {
  const granted = grantedCapabilities(run.capabilities);
  const identity = identityOf(userOf(run, config), tree, granted);
  const who = "code" in identity ? root : identity;
  // Before what the image lacks is made.
  const unwritable = mountProblems({ paths: run.writableMounts ?? [], volumes: config.Volumes, tree, identity: who });
  for (const path of Object.keys(config.Volumes ?? {}).slice(0, limits.configEntries)) makeFolder(path, tree);
  const workingDirectory = run.workingDirectory || config.WorkingDir || "/";
  // It is made where it is missing, before anything is looked up from there.
  const misplaced = workingDirectoryProblems(workingDirectory, { tree, volumes: mountedFolders(run, tree) });
  const place = tree.resolve(workingDirectory);
  const environment = environmentOf(run, config);
  const container: Container = {
    tree,
    architecture: platform.split("/")[1]!,
    environment,
    isUnset: unsetVariables(run, environment),
    // As Linux has it, links followed.
    workingDirectory: place.found ? place.path : workingDirectory,
    volumes: mountedFolders(run, tree),
    writable: run.readonlyRootFilesystem ? [...writableFolders(run), ...Object.keys(config.Volumes ?? {})] : undefined,
    identity: who,
    wantedTexts,
    granted,
    answers: run.containerPort !== undefined || (run.healthCheck !== undefined && run.healthCheck[0] !== "NONE"),
  };
  return once([
    ...("code" in identity ? [identity] : rootProblems(run, identity)),
    ...misplaced,
    ...unlessSecret(run, [
      ...commandProblems(argumentsOf(run, config), container, run.initProcessEnabled ? "execvp" : "kernel"),
      ...healthCheckProblems(run, config, container),
    ]),
    ...portProblems(run, container),
    ...unwritable,
  ]);
}

/** A shell may start the same twice. */
function once(findings: Finding[]): Finding[] {
  return [...new Map(findings.map((found) => [JSON.stringify(found), found])).values()];
}
