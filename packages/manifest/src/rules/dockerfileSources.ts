import { readFileSync } from "node:fs";

import { sourcesIn } from "./dockerfileCopies";

/** A place in a Dockerfile; both count from 1. */
export interface DockerfilePlace {
  line: number;
  column: number;
}

/** What a Dockerfile says of the platforms that its build runs on. */
export interface DockerfilePlatforms {
  /** The first program that a build for `platform` runs on that very platform. */
  runsOn(platform: string): DockerfilePlace | undefined;
  /** The FROM that gives the image one platform, whatever is asked for. */
  fixed: (DockerfilePlace & { platform: string }) | undefined;
}

interface Stage {
  name: string | undefined;
  from: DockerfilePlace;
  /** `--platform` as written. */
  platform: string | undefined;
  base: Stage | undefined;
  copiesFrom: Stage[];
  run: DockerfilePlace | undefined;
  /** Folders that `VOLUME` declares. */
  volumes: string[];
  /** What it takes of the context, as written. */
  sources: string[];
}

/** Reads the stages that the target needs; the last stage by default. */
export function dockerfilePlatforms(file: string, target?: string): DockerfilePlatforms {
  const last = builtStage(file, target);
  const needed = neededBy(last);
  const fixedStage = last && originOf(last);
  const fixed =
    fixedStage?.platform && /^\w+\/\w+/.test(fixedStage.platform) ? { ...fixedStage.from, platform: fixedStage.platform } : undefined;
  const runsOn = (platform: string) => [...needed].find((stage) => stage.run && runs(originOf(stage).platform, platform))?.run;
  return { runsOn, fixed };
}

/**
 * What of its context a Dockerfile's stages take that the target needs, the last stage by default: words of `COPY`, `ADD` and `RUN --mount=type=bind`, with their wildcards
 * and variables.
 */
export function copiedSources(file: string, target?: string): string[] {
  return [...new Set([...neededBy(builtStage(file, target))].flatMap(({ sources }) => sources))];
}

/** Folders that a Dockerfile declares as `VOLUME`; images that it begins with may declare others. */
export function declaredVolumes(file: string, target?: string): string[] {
  const volumes: string[] = [];
  for (let stage = builtStage(file, target); stage; stage = stage.base) volumes.push(...stage.volumes);
  return volumes;
}

function neededBy(last: Stage | undefined): Set<Stage> {
  const needed = new Set<Stage>();
  const need = (stage: Stage | undefined) => {
    if (!stage || needed.has(stage)) return;
    needed.add(stage);
    need(stage.base);
    stage.copiesFrom.forEach(need);
  };
  need(last);
  return needed;
}

function builtStage(file: string, target: string | undefined): Stage | undefined {
  const stages = readStages(readFileSync(file, "utf8"));
  return (target === undefined ? undefined : stages.find(({ name }) => name === target.toLowerCase())) ?? stages.at(-1);
}

/** The stage that a stage's platform comes from. */
function originOf(stage: Stage): Stage {
  return stage.base && stage.platform === undefined ? originOf(stage.base) : stage;
}

function runs(written: string | undefined, platform: string): boolean {
  // Without --platform, and with what stands for the target, a stage is of the platform that is built.
  return written === undefined || /^\$\{?TARGETPLATFORM\}?$/.test(written) || written === platform;
}

function readStages(text: string): Stage[] {
  // Loaded with the first Dockerfile: other commands of ours read none.
  const { DockerfileParser, From, Copy, Run } = require("dockerfile-ast") as typeof import("dockerfile-ast");
  const stages: Stage[] = [];
  const named = (name: string | null | undefined) =>
    name ? stages.find((stage, number) => stage.name === name.toLowerCase() || String(number) === name) : undefined;
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const { line, character } = instruction.getRange().start;
    const place = { line: line + 1, column: character + 1 };
    const stage = stages.at(-1);
    stage?.sources.push(...sourcesIn(instruction));
    if (instruction instanceof From) {
      const platform =
        instruction
          .getFlags()
          .find((flag) => flag.getName() === "platform")
          ?.getValue() ?? undefined;
      stages.push({
        name: instruction.getBuildStage()?.toLowerCase(),
        from: place,
        platform,
        base: named(instruction.getImage()),
        copiesFrom: [],
        run: undefined,
        volumes: [],
        sources: [],
      });
    } else if (instruction.getKeyword() === "VOLUME") {
      stage?.volumes.push(...wordsOf(instruction.getRawArgumentsContent() ?? ""));
    } else if (instruction instanceof Copy) {
      const from = named(instruction.getFromFlag()?.getValue());
      if (from) stage?.copiesFrom.push(from);
    } else if (instruction instanceof Run && stage) {
      stage.run ??= place;
      for (const flag of instruction.getFlags()) {
        const name = flag.getName() === "mount" ? /\bfrom=([^,\s]+)/.exec(flag.getValue() ?? "")?.[1] : undefined;
        const from = named(name);
        if (from) stage.copiesFrom.push(from);
      }
    }
  }
  return stages;
}

/** `VOLUME /a /b` and `VOLUME ["/a", "/b"]` are the same. */
function wordsOf(text: string): string[] {
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words)) return words.map(String);
  } catch {
    // The other form.
  }
  return text.split(/\s+/).filter(Boolean);
}
