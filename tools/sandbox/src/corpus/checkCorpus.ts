import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inTurn } from "@fairlead/images";

import { expectEqual, report } from "../expectations";
import { composeParts } from "../machine/compose";
import { engineParts } from "../machine/docker";
import { inSandbox, root, toolchainFolder } from "../paths";
import { SandboxError, step } from "../progress";
import { folderOfBase } from "./baseLayers";
import type { BaseName } from "./baseName";
import { bases, partsOfBase } from "./bases";
import { beyond, toldAlone } from "./classes";
import type { CorpusImage } from "./corpusImage";
import { corpus } from "./images";
import { partsOfLayer } from "./layer";
import { Assembly, type BuiltImage } from "./layouts";
import { debian, folderOf, provideParts } from "./parts";
import { runContainer, type Ending } from "./running/runContainer";
import { corpusTable, writeTable, type Judged } from "./table";
import { dies, gist, recipeDigest, recordedTruths, recordTruths, type Truths } from "./truth";
import { removeUnneeded } from "./unneeded";
import { verdictsOf, type Verdict } from "./verdicts";

/** How many images whose truth is known are run again each time. */
const sampleSize = 20;
const runAtATime = 4;
const init = debian("tini", "amd64");

/** Which images are run. */
export interface CorpusArgs {
  /** All of them, and what happens is recorded. */
  runAll?: boolean;
  /** These alone; what happens is recorded. */
  names?: string[];
}

/** Assembles every image of the corpus, inspects it, and holds what is said of it to what happened when it was run. */
export async function checkCorpus({ runAll = false, names }: CorpusArgs, env: NodeJS.ProcessEnv): Promise<void> {
  const all = Object.values(corpus).flat();
  checkNames(all, names);
  const images = names ? all.filter(({ name }) => names.includes(name)) : all;
  await step("Packages for the corpus of images", () =>
    provideParts([init, ...images.flatMap(({ layers }) => layers.flatMap(partsOfLayer))], env),
  );
  const assembly = new Assembly(inSandbox("corpus"), env);
  const built = await step(`Assembly of ${images.length} images`, async () => {
    const done: BuiltImage[] = [];
    for (const image of images) done.push(await assembly.build(image));
    return done;
  });
  removeUnneeded(toolchainFolder, neededFolders());
  const known: Truths = Object.assign({}, ...Object.keys(corpus).map(recordedTruths));
  const isKnown = ({ image }: BuiltImage) => known[image.name]?.recipe === recipeDigest(image);
  const sample = new Set(sampleOf(built.filter(isKnown)));
  await checkMachine(built);
  const toRun = built.filter((image) => runAll || names || !isKnown(image) || sample.has(image));
  const endings = await step(`runc: ${toRun.length} of ${built.length} images`, () => runEach(toRun));
  const differing = record(endings, runAll || names !== undefined);
  const verdicts = await step(`Inspection of ${built.length} images`, () => verdictsOf(built));
  assembly.remove();
  if (names) return tell(images, endings, verdicts);
  const truths: Truths = Object.assign({}, ...Object.keys(corpus).map(recordedTruths));
  const judged = images.map((image) => ({
    name: image.name,
    class: image.class,
    dies: dies(truths[image.name]!, image),
    says: verdicts.get(image.name)!.says,
  }));
  expectEqual(`${toRun.length} images did what is recorded of them`, differing, []);
  reportRates(
    judged.filter((image) => image.class !== beyond),
    verdicts,
  );
  expectEqual("docs/images.md has the table that this run makes (it has it now)", writeTable(corpusTable(judged)), true);
}

/**
 * Records what happened to images that were not known as they are now, and to all if all were run.
 *
 * @returns what happened otherwise than it is recorded
 */
function record(endings: Map<string, Ending>, anew: boolean): string[] {
  const differing: string[] = [];
  for (const [group, own] of Object.entries(corpus)) {
    const before = recordedTruths(group);
    const truths: Truths = {};
    for (const image of own) {
      const { name } = image;
      const recipe = recipeDigest(image);
      const known = before[name]?.recipe === recipe ? before[name] : undefined;
      const seen = endings.get(name);
      if (known && seen && !anew && gist(known) !== gist(seen)) differing.push(`${name}: ${gist(known)} before, ${gist(seen)} now`);
      const truth = seen && (anew || !known) ? { recipe, ...seen } : (known ?? before[name]);
      if (truth) truths[name] = truth;
    }
    recordTruths(group, truths);
  }
  return differing;
}

/** A machine on which not even this image runs would say of every other that it dies. */
async function checkMachine(built: BuiltImage[]): Promise<void> {
  const plain = built.find(({ image }) => image.name === "static");
  const ending = plain && (await runEach([plain])).get("static")!;
  if (plain && ending && dies(ending, plain.image)) throw new SandboxError(`runc starts nothing on this machine: ${ending.words}`);
}

function checkNames(all: CorpusImage[], wanted: string[] = []): void {
  const names = all.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new SandboxError(`Two images of the corpus are called ${twice.join(", ")}.`);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new SandboxError(`--image ${unknown.join(" ")}: there is none of that name in the corpus.`);
}

/** All that the corpus is assembled from, and the engines, which are unpacked in the same folder. */
function neededFolders(): string[] {
  const names = Object.keys(bases) as BaseName[];
  const ofImages = Object.values(corpus)
    .flat()
    .flatMap(({ layers }) => layers.flatMap(partsOfLayer));
  const parts = [init, ...engineParts, ...composeParts, ...ofImages, ...names.flatMap((name) => partsOfBase(bases[name]))];
  return [...parts.map(folderOf), ...names.map(folderOfBase)];
}

/** Other ones with each commit, and the same ones for the same commit. */
function sampleOf(images: BuiltImage[]): BuiltImage[] {
  const seed = execFileSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  const key = ({ image }: BuiltImage) => createHash("sha256").update(`${seed} ${image.name}`).digest("hex");
  return [...images].sort((one, other) => (key(one) < key(other) ? -1 : 1)).slice(0, sampleSize);
}

async function runEach(images: BuiltImage[]): Promise<Map<string, Ending>> {
  const endings = new Map<string, Ending>();
  mkdirSync(process.env.FAIRLEAD_SANDBOX_TMP!, { recursive: true });
  const folder = mkdtempSync(join(process.env.FAIRLEAD_SANDBOX_TMP!, "corpus-"));
  const turn = inTurn(runAtATime);
  const tini = join(folderOf(init), "usr/bin/tini-static");
  await Promise.all(images.map((image) => turn(async () => endings.set(image.image.name, await runContainer(image, folder, tini)))));
  rmSync(folder, { recursive: true, force: true });
  return endings;
}

function tell(images: CorpusImage[], endings: Map<string, Ending>, verdicts: Map<string, Verdict>): void {
  for (const image of images) {
    const { name } = image;
    const ending = endings.get(name)!;
    report(`${name} (${image.class}): ${dies(ending, image) ? "dies" : "runs"}, ${gist(ending)}: ${ending.words}`);
    if (ending.healthCheck) report(`  health check: ${ending.healthCheck.words}`);
    report(`  inspection: ${verdicts.get(name)!.says}`);
    for (const { code, certainty, problem } of verdicts.get(name)!.findings) report(`    ${code} ${certainty}: ${problem}`);
  }
}

/** How many of those that die must be found, and how many of the others may be told of. */
const wanted = { found: 0.95, told: 0.05 };

function reportRates(judged: Judged[], verdicts: Map<string, Verdict>): void {
  const names = (images: Judged[]) =>
    images.map(({ name, says }) => `${name}: ${[says, ...verdicts.get(name)!.findings.map(({ code }) => code)].join(" ")}`);
  const dying = judged.filter((image) => image.dies);
  const running = judged.filter((image) => !image.dies);
  const missed = dying.filter((image) => image.says !== "stopped" && !(image.class === toldAlone && image.says === "told"));
  const told = running.filter(({ says }) => says === "told");
  report(`${dying.length} images die, of which ${dying.length - missed.length} are found; ${running.length} run`);
  if (missed.length > 0) report(`not stopped though they die:\n    ${names(missed).join("\n    ")}`);
  if (told.length > 0) report(`told that they may die, and they run:\n    ${names(told).join("\n    ")}`);
  expectEqual("no image that runs is stopped", names(running.filter(({ says }) => says === "stopped")), []);
  const share = (part: Judged[], whole: Judged[]) => part.length / whole.length;
  expectEqual(
    `at least ${wanted.found * 100} % of those that die are stopped (told, what is ${toldAlone})`,
    share(missed, dying) <= 1 - wanted.found,
    true,
  );
  expectEqual(`at most ${wanted.told * 100} % of those that run are told that they may die`, share(told, running) <= wanted.told, true);
}
