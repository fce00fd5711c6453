import { relative } from "node:path";
import { promotionFile, readPromotions, type Promotion } from "@fairlead/images";
import type { BuildSpec, ServiceSpec } from "@fairlead/manifest";
import { coded, firstFew, platformOf, type PinnedDigest } from "@fairlead/model";
import { sourceRevisions, type SourceRevision } from "@fairlead/registry";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";

/** Where a service's image comes from: it is built here, taken over from another environment, one that was rolled back to, or one that others build. */
export type ImageSource =
  | { kind: "build"; build: BuildSpec; revision: SourceRevision }
  | { kind: "promote"; promotion: Promotion }
  | { kind: "pin"; pin: PinnedDigest }
  | { kind: "external"; image: string };

/** Where the images of an environment come from, by service. What can't be, stops everything before the first resource. */
export function imageSources(settings: Settings, specs: readonly ServiceSpec[]): Map<string, ImageSource> {
  const { promoteFrom, pinnedImages } = settings;
  refuseUnknownPins(settings, specs);
  // Of what is pinned the sources don't matter, nor whether it was promoted.
  const others = specs.filter(isBuilt).filter(({ name }) => !pinnedImages.has(name));
  const sources = promoteFrom === undefined ? built(settings, others) : promoted(settings, others, promoteFrom);
  for (const { name, image } of specs) {
    const pin = pinnedImages.get(name);
    if (image !== undefined) sources.set(name, { kind: "external", image });
    else if (pin) sources.set(name, { kind: "pin", pin });
  }
  return sources;
}

type Built = ServiceSpec & { build: BuildSpec };

const isBuilt = (spec: ServiceSpec): spec is Built => spec.build !== undefined;

/** A pin of a service that there is not would be in force for nothing, in silence. */
function refuseUnknownPins({ environmentName, pinnedImages, leftOut }: Settings, specs: readonly ServiceSpec[]): void {
  const unknown = [...pinnedImages.keys()].filter((name) => !specs.some((spec) => spec.name === name && isBuilt(spec)));
  // Of a service whose manifest can't be read nobody knows here.
  if (unknown.length === 0 || leftOut.length > 0) return;
  const fix = `Correct the name, or remove it: \`npx fairlead rollback ${unknown[0]} --release -s ${environmentName}\``;
  throw new pulumi.RunError(
    coded(
      "FL2012",
      `${environmentName} pins images of services that it doesn't have, or whose image it doesn't build: ${unknown.join(", ")}.\n  fix: ${fix}`,
    ),
  );
}

function built(settings: Settings, specs: readonly Built[]): Map<string, ImageSource> {
  const { environmentName, refuseUncommittedSources, toleratesShallowClone } = settings;
  const revisions = sourceRevisions(specs.map(({ build }) => build));
  const found = specs.map((spec, number) => ({ name: spec.name, build: spec.build, ...revisions[number]! }));
  const uncommitted = found.filter(({ revision, shallow }) => revision.startsWith("dirty-") && !shallow);
  if (refuseUncommittedSources && uncommitted.length > 0) throw new pulumi.RunError(uncommittedMessage(environmentName, uncommitted));
  const shallow = found.filter((source) => source.shallow);
  // A preview as well: it would show another tag for each of these images, a change that nobody made.
  if (shallow.length > 0 && !toleratesShallowClone) throw new pulumi.RunError(shallowMessage(shallow.map(({ name }) => name)));
  return new Map(found.map(({ name, build, ...revision }): [string, ImageSource] => [name, { kind: "build", build, revision }]));
}

function uncommittedMessage(environmentName: string, sources: { name: string; uncommitted: string[] }[]): string {
  const lines = sources.map(({ name, uncommitted }) => {
    return `  ${name}: ${firstFew(uncommitted, 5) || "not in a git repository"}`;
  });
  return [
    coded(
      "FL2002",
      `${environmentName} builds only what a commit holds (fairlead:uncommittedSources: refuse), and these sources no commit holds:`,
    ),
    ...lines,
    "  fix: Commit them, keep them out of the build with .dockerignore, or look at the plan with `-c uncommittedSources=build`.",
  ].join("\n");
}

function shallowMessage(names: string[]): string {
  return [
    coded(
      "FL2006",
      `this clone is too shallow to know which commit last touched the sources of ${names.join(", ")}: their images would get other tags than in a whole clone.`,
    ),
    "  fix: git fetch --unshallow; in GitHub Actions, actions/checkout with fetch-depth: 0.",
  ].join("\n");
}

function promoted({ environmentName, folders }: Settings, specs: readonly ServiceSpec[], from: string): Map<string, ImageSource> {
  const promotions = readPromotions(folders.stacks, environmentName);
  const problems = specs.flatMap(({ name, runtimePlatform }) => {
    const promotion = promotions[name];
    const needed = platformOf(runtimePlatform.cpuArchitecture);
    if (!promotion) return [`  ${name}: never promoted to ${environmentName}`];
    if (promotion.platforms.includes(needed)) return [];
    return [`  ${name}: the promoted image has ${promotion.platforms.join(", ")}, the task runs on ${needed}`];
  });
  if (problems.length > 0) {
    const fix = `  fix: npx fairlead promote --all --from ${from} --to ${environmentName}, once ${from} runs what is to be taken over.`;
    const file = promotionFile(relative(folders.root, folders.stacks), environmentName);
    throw new pulumi.RunError(
      [coded("FL2010", `${environmentName} takes its images over from ${from}, as ${file} says:`), ...problems, fix].join("\n"),
    );
  }
  return new Map(specs.map(({ name }): [string, ImageSource] => [name, { kind: "promote", promotion: promotions[name]! }]));
}
