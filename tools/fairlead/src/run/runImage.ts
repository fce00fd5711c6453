import { randomBytes } from "node:crypto";
import { sourceOf, type Finding } from "@fairlead/inspection";

import type { ContainerRun, Withheld } from "./containerRun";
import { createArguments, proxyVariables } from "./createArguments";
import { endCalls, Engine, NotTried } from "./engine";
import { imageInEngine } from "./imageInEngine";
import { verdictOf } from "./verdict";
import { watch, type Ending } from "./watch";

/** What a run showed. */
export interface RunReport {
  engine: string;
  platform: string;
  /** Whether the engine's machine is another one. */
  isEmulated: boolean;
  ending: Ending;
  withheld: Withheld;
  /** Where the engine does not do as the task definition says. */
  notes: string[];
  findings: Finding[];
}

/** What to run, and how long. */
export interface RunImageArgs {
  /** As `inspectImage` takes it. */
  image: string;
  /** Platform and digest of an image's manifest, of which one is run: of `platform`, of the engine's own, or else the first. */
  manifests: { platform: string; digest: string }[];
  /** What the task runs on. */
  platform?: string;
  /** How a container of one of them is to be run. */
  runOf: (platform: string) => ContainerRun;
  seconds: number;
  say: (text: string) => void;
}

/** An emulator's start takes that many times as long, as a rule. */
const emulationFactor = 4;

/**
 * Starts a container of an image for real, waits for what becomes of it, and leaves nothing behind: no container, no volume, and no image that was not there. What is ended by SIGKILL can leave a container `fairlead-run-…`.
 *
 * @throws NotTried where that can't be done here
 */
export async function runImage({ image, manifests, platform: wanted, runOf, seconds, say }: RunImageArgs): Promise<RunReport> {
  say("asking the container engine");
  const engine = await Engine.find();
  const chosen =
    manifests.find(({ platform }) => platform === wanted) ?? manifests.find(({ platform }) => platform === engine.platform) ?? manifests[0];
  if (!chosen) throw new NotTried(`${image} has no image that could be run`);
  const { platform, digest } = chosen;
  const isEmulated = platform !== engine.platform;
  const run = runOf(platform);
  const id = `fairlead-run-${randomBytes(6).toString("hex")}`;
  const container = id;
  const loadedName = `localhost/fairlead-run:${id}`;
  const removals = [["rm", "--force", "--volumes", container]];
  return removingAtTheEnd(engine, removals, async () => {
    say(`giving the image to ${engine.title}`);
    removals.push(["rmi", "--force", loadedName]);
    const { name, wasLoaded, environment, volumes } = await imageInEngine(engine, sourceOf(image), digest, loadedName);
    if (!wasLoaded) removals.pop();
    const words = createArguments(run, {
      image: name,
      container,
      platform,
      imageEnvironment: environment,
      imageVolumes: volumes,
      isPodman: engine.isPodman,
      cpus: engine.cpus,
      isEmulated,
    });
    const withoutProxies = Object.fromEntries(proxyVariables.map((variable) => [variable, undefined]));
    await engine.must("the engine does not make the container", words, { timeoutSeconds: 120, environment: withoutProxies });
    const ending = await watch(engine, container, run, { seconds, factor: isEmulated ? emulationFactor : 1, say });
    const findings = verdictOf(run, ending, isEmulated);
    return {
      engine: engine.title,
      platform,
      isEmulated,
      ending,
      withheld: run.withheld,
      notes: notesOf(run, engine, isEmulated, wanted, platform),
      findings,
    };
  });
}

function notesOf(run: ContainerRun, engine: Engine, isEmulated: boolean, wanted: string | undefined, platform: string): string[] {
  return [
    ...(wanted && wanted !== platform
      ? [`the image is for ${platform}, the task runs on ${wanted}: what is deployed is another image`]
      : []),
    ...(isEmulated
      ? [`${platform} is emulated on ${engine.platform}: slower, without the task's CPU limit, and not in all as the real one`]
      : []),
    ...(run.memoryMiB && !engine.limitsMemory ? [`the engine does not hold containers to their memory (${run.memoryMiB} MiB)`] : []),
    ...(run.cpu && !isEmulated && run.cpu / 1024 > engine.cpus ? [`the engine has ${engine.cpus} CPUs, the task ${run.cpu / 1024}`] : []),
    ...run.withheld.settings.map((setting) => `${setting} of the task definition is not applied here`),
  ];
}

/** However it ends: a signal too removes what was made, and then ends the process. */
async function removingAtTheEnd<T>(engine: Engine, removals: string[][], work: () => Promise<T>): Promise<T> {
  const remove = () => removals.splice(0).forEach((words) => engine.callNow(words));
  const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  const handlers = Object.entries(signals).map(([signal, code]) => {
    const onSignal = () => {
      endCalls();
      remove();
      process.exit(code);
    };
    process.on(signal, onSignal);
    return () => process.off(signal, onSignal);
  });
  try {
    return await work();
  } finally {
    endCalls();
    remove();
    handlers.forEach((off) => off());
  }
}
