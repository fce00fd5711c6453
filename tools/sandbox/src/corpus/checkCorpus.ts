import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inTurn } from "@fairlead/images";

import { expectEqual, report } from "../expectations";
import { inSandbox, root } from "../paths";
import { SandboxError, step } from "../progress";
import type { CorpusImage } from "./corpusImage";
import { corpus } from "./images";
import { partsOfLayer } from "./layer";
import { Assembly, type BuiltImage } from "./layouts";
import { debian, folderOf, provideParts } from "./parts";
import { runContainer, type Ending } from "./running/runContainer";
import { corpusTable, writeTable, type Judged } from "./table";
import { dies, gist, recipeDigest, recordedTruths, recordTruths, type Truths } from "./truth";
import { verdictOf, type Verdict } from "./verdicts";

/** How many images whose truth is known are run again each time. */
const sampleSize = 20;
const runAtATime = 4;
const init = debian("tini", "amd64");

/** Which images are run. */
export interface CorpusArgs {
  /** All of them, and what happens is recorded. */
  runAll?: boolean;
  /** These alone, and nothing is recorded. */
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
  const known: Truths = Object.assign({}, ...Object.keys(corpus).map(recordedTruths));
  const isKnown = ({ image }: BuiltImage) => known[image.name]?.recipe === recipeDigest(image);
  const sample = new Set(sampleOf(built.filter(isKnown)));
  await checkMachine(built);
  const toRun = built.filter((image) => runAll || names || !isKnown(image) || sample.has(image));
  const endings = await step(`runc: ${toRun.length} of ${built.length} images`, () => runEach(toRun));
  const verdicts = await step(`Inspection of ${built.length} images`, async () => {
    const found = new Map<string, Verdict>();
    for (const image of built) found.set(image.image.name, await verdictOf(image));
    return found;
  });
  if (names) return tell(images, endings, verdicts);
  const differing = toRun.flatMap((image) => {
    const { name } = image.image;
    const [recorded, seen] = [isKnown(image) ? gist(known[name]!) : undefined, gist(endings.get(name)!)];
    return recorded === undefined || recorded === seen ? [] : [`${name}: ${recorded} before, ${seen} now`];
  });
  for (const [group, own] of Object.entries(corpus)) {
    const before = recordedTruths(group);
    const truths = own.map((image) => {
      const { name } = image;
      const recipe = recipeDigest(image);
      const isRecorded = before[name]?.recipe === recipe && !runAll;
      return [name, isRecorded ? before[name] : { recipe, ...endings.get(name)! }];
    });
    recordTruths(group, Object.fromEntries(truths) as Truths);
    Object.assign(known, Object.fromEntries(truths));
  }
  const judged = images.map((image) => ({
    name: image.name,
    class: image.class,
    dies: dies(known[image.name]!, image),
    says: verdicts.get(image.name)!.says,
  }));
  expectEqual(`${toRun.length} images did what is recorded of them`, runAll ? [] : differing, []);
  reportRates(judged, verdicts);
  expectEqual("docs/images.md has the table that this run makes (it has it now)", writeTable(corpusTable(judged)), true);
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

/** How many of those that die must be stopped, and how many of the others may be told of. */
const wanted = { stopped: 0.95, told: 0.05 };

function reportRates(judged: Judged[], verdicts: Map<string, Verdict>): void {
  const names = (images: Judged[]) =>
    images.map(({ name, says }) => `${name}: ${[says, ...verdicts.get(name)!.findings.map(({ code }) => code)].join(" ")}`);
  const dying = judged.filter((image) => image.dies);
  const running = judged.filter((image) => !image.dies);
  const missed = dying.filter(({ says }) => says !== "stopped");
  const told = running.filter(({ says }) => says === "told");
  report(`${dying.length} images die, of which ${dying.length - missed.length} are stopped; ${running.length} run`);
  if (missed.length > 0) report(`not stopped though they die:\n    ${names(missed).join("\n    ")}`);
  if (told.length > 0) report(`told that they may die, and they run:\n    ${names(told).join("\n    ")}`);
  expectEqual("no image that runs is stopped", names(running.filter(({ says }) => says === "stopped")), []);
  expectEqual(
    `at least ${wanted.stopped * 100} % of those that die are stopped`,
    dying.length - missed.length >= wanted.stopped * dying.length,
    true,
  );
  expectEqual(
    `at most ${wanted.told * 100} % of those that run are told that they may die`,
    told.length <= wanted.told * running.length,
    true,
  );
}
