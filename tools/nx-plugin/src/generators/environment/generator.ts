import { join } from "node:path";
import {
  compositionFile,
  configurationFile,
  environmentsFile,
  policyExceptionsFile,
  promotionsFile,
  usageFile,
  UserError,
} from "@fairlead/model";
import { type GeneratorCallback, logger, type Tree } from "@nx/devkit";

import { environmentNames, readYaml, servicesIn, stackNames, stacksFolder } from "../../inference/workspace";
import { digitsAsText } from "../allowed";
import { formatted } from "../formatted";
import { Refusal } from "../refusal";
import { rangeKey } from "./addressRange";
import { compositionOf } from "./composition";
import { configurationOf } from "./configuration";
import { deploymentOf } from "./deployment";
import { keepingLineEnds, unixLines } from "./lineEnds";
import { accessWith, documentWith, entriesWith, environmentsWith, manifestWith } from "./lists";
import { nextSteps } from "./nextSteps";
import { type EnvironmentOptions, type Place, placeOf, refuseUnknownRegion } from "./place";
import schema from "./schema.json";
import { refuseTakenName } from "./takenName";

const workflow = ".github/workflows/deploy.yml";
const inStacks = (file: string) => `${stacksFolder}/${file}`;

/**
 * Writes all that another environment has: composition, configuration, place in the order of promotion, job in deploy.yml, entries in the lists of usage,
 * policy exceptions and roles, and what services say of it. What can't be is refused before anything is written.
 */
export default function environmentGenerator(tree: Tree, options: EnvironmentOptions, format = formatted): GeneratorCallback {
  const environments = environmentsOf(tree.root);
  const stacks = stackNames(tree.root);
  const place = placeOf(options, environments, stacks);
  const { name, from, after, before } = place;
  refuseTakenName(tree.root, name);
  refuseUnknownRegion(options.region);

  const [sourceFile, ownFile] = [inStacks(configurationFile(from)), inStacks(configurationFile(name))];
  const [sourceComposition, ownComposition] = [inStacks(compositionFile(from)), inStacks(compositionFile(name))];
  const existing = unixLines(tree.read(ownFile, "utf8") ?? "");
  const sourceText = textOf(tree, sourceFile);
  const configuration = configurationOf({
    ...place,
    file: sourceFile,
    text: unixLines(sourceText),
    existing,
    region: options.region,
    account: digitsAsText("account", schema.properties.account, options.account ?? "") || undefined,
    takenRanges: stacks.filter((one) => one !== name).flatMap((one) => settingOf(tree, one, rangeKey) ?? []),
  });
  const own: Record<string, string> = {
    [ownComposition]: keepingLineEnds(textOf(tree, sourceComposition), (text) =>
      format(tree.root, ownComposition, compositionOf(text, place)),
    ),
    [ownFile]: keepingLineEnds(sourceText, () => configuration.text),
  };
  const promotions = tree.read(inStacks(promotionsFile(from)), "utf8");
  if (promotions !== null) own[inStacks(promotionsFile(name))] = keepingLineEnds(promotions, (text) => promotionsOf(text, place));
  refuseOthersFiles(tree, own);
  for (const [file, text] of Object.entries(own)) tree.write(file, text);

  change(tree, inStacks(environmentsFile), (text) => environmentsWith(inStacks(environmentsFile), text, environments, name, after));
  change(tree, workflow, (text) => deploymentOf(workflow, text, place));
  for (const [file, key] of [
    [usageFile, "usage"],
    [policyExceptionsFile, "exceptions"],
  ] as const)
    change(tree, inStacks(file), (text) => entriesWith(inStacks(file), text, key, place));
  for (const stack of stacks.filter((one) => one !== name && !environments.includes(one)))
    change(tree, inStacks(configurationFile(stack)), (text) => accessWith(inStacks(configurationFile(stack)), text, place));
  for (const { root } of servicesIn(tree.root))
    change(tree, `${root}/service.yaml`, (text) => manifestWith(`${root}/service.yaml`, text, place));
  change(tree, "docs/environments.md", (text) => documentWith(text, place, configuration.region));

  if (tree.listChanges().length === 0) return () => logger.info(`The environment ${name} is what it would be: there is nothing to write.`);
  const surroundings = {
    hasAccess: tree.exists(inStacks(configurationFile("access"))),
    hasWorkflow: tree.exists(workflow),
    isPassedOver: before !== undefined && settingOf(tree, before, "promoteFrom") === after,
  };
  return () => logger.info(nextSteps(place, configuration, surroundings));
}

function environmentsOf(root: string): string[] {
  try {
    return environmentNames(root);
  } catch (error) {
    throw error instanceof UserError ? new Refusal(error.toldFrom(root)) : error;
  }
}

function textOf(tree: Tree, file: string): string {
  const text = tree.read(file, "utf8");
  if (text === null) throw new Refusal(`There is no ${file}, which stacks/environments.json says there is. Nothing was written.`);
  return text;
}

/** Changes a file, where it is there. */
function change(tree: Tree, file: string, changed: (text: string) => string): void {
  const text = tree.read(file, "utf8");
  if (text !== null) tree.write(file, keepingLineEnds(text, changed));
}

/** What an environment was promoted, under another one's heading: who decided that, and when, stays true. */
function promotionsOf(text: string, { rename }: Place): string {
  return text.replace(/^#.*$/gm, rename);
}

/** What somebody wrote under the new environment's name is not written over. */
function refuseOthersFiles(tree: Tree, own: Record<string, string>): void {
  const others = Object.entries(own).filter(([file, text]) => {
    const there = tree.read(file, "utf8");
    // `pulumi stack init` begins the configuration's file with what is added to.
    return there !== null && !unixLines(text).startsWith(unixLines(there));
  });
  if (others.length === 0) return;
  const files = others.map(([file]) => file).join(", ");
  throw new Refusal(
    `${files}: there already, and not what would be written. Nothing was written.\nChoose another name, or edit that environment by hand.`,
  );
}

/** A text of a stack's configuration, by its key without the project's name. */
function settingOf(tree: Tree, stack: string, name: string): string | undefined {
  const { config } = (readYaml(join(tree.root, inStacks(configurationFile(stack)))) ?? {}) as {
    config?: Record<string, unknown> | null;
  };
  const value = Object.entries(config ?? {}).find(([key]) => key.endsWith(`:${name}`))?.[1];
  return typeof value === "string" ? value : undefined;
}
