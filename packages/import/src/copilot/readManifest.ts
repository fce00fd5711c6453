import type { FileProblem } from "@fairlead/model";

import { sourceName } from "../findings/sourceName";
import type { Claims } from "../findings/claims";
import { childOf, type MapNode } from "../source/sourceNode";
import { interpolated } from "./interpolate";
import { mergedManifest } from "./mergeManifest";
import { translate } from "./translate";
import type { Translation, TranslationArgs } from "./translation";
import { isWorkloadType, workloadTypes } from "./workloadTypes";

/** A service or a job in the base and in every environment. */
export interface Workload {
  name: string;
  root: MapNode;
  type: Translation["type"];
  base: Translation;
  environments: Map<string, Translation>;
}

/** What the translation of one manifest needs. */
export interface ReadManifestArgs extends Omit<TranslationArgs, "type" | "environment" | "adoptsVpc"> {
  root: MapNode;
  path: string;
  environmentNames: readonly string[];
  /** Environments whose VPC exists. */
  inAdoptedVpc: ReadonlySet<string>;
}

/** Translates a manifest for all environments; undefined, with a problem, where it has no type that Copilot knows. */
export function readManifest({ root, path, environmentNames, inAdoptedVpc, ...args }: ReadManifestArgs): Workload | undefined {
  const node = childOf(root, "type");
  const type = node?.kind === "scalar" ? node.text : "";
  if (!isWorkloadType(type)) {
    args.problems.push(noType(path, node?.place ?? root.place, type));
    return undefined;
  }
  const inEnvironment = (environment: string | undefined) => {
    const unknown = new Set<string>();
    const filled = interpolated(root, {
      application: args.application,
      environment,
      onUnknown: (text, variable) => {
        if (!unknown.has(variable)) tellOfVariable(args, text.place, sourceName(text.origin.path), variable);
        unknown.add(variable);
      },
    }) as MapNode;
    const adoptsVpc = (environment === undefined ? environmentNames : [environment]).every((name) => inAdoptedVpc.has(name));
    const translation = translate(mergedManifest(filled, environment), { ...args, type, environment, adoptsVpc });
    declareVariables(translation, unknown);
    return translation;
  };
  const environments = new Map(environmentNames.map((name) => [name, inEnvironment(name)]));
  return { name: args.service, root, type, base: inEnvironment(undefined), environments };
}

function tellOfVariable(
  { claims, service }: { claims: Claims; service: string },
  place: MapNode["place"],
  source: string,
  variable: string,
): void {
  claims.say({
    outcome: "exact",
    place,
    source,
    service,
    to: `deployerVariables.${variable}`,
    was: `\${${variable}}`,
    text: `as before, it is taken from the environment of whoever deploys. Set ${variable} wherever the stack is planned, in workflows as well, or give it a default.`,
  });
}

/** Declares the variables of the deployer's that are in what was translated: those of other environments are not. */
function declareVariables(translation: Translation, names: ReadonlySet<string>): void {
  const text = JSON.stringify(translation.manifest);
  const used = [...names].filter((name) => text.includes(`\${${name}}`));
  if (used.length > 0) translation.set("deployerVariables", Object.fromEntries(used.map((name) => [name, {}])));
}

function noType(path: string, place: MapNode["place"], type: string): FileProblem {
  return {
    code: "FL2904",
    ...place,
    file: path,
    problem: type === "" ? "the manifest has no type" : `the type is ${JSON.stringify(type)}`,
    expected: `one of ${Object.keys(workloadTypes).join(", ")}`,
    consequence: "Copilot refuses it as well, so nothing was ever deployed with it.",
    fix: "Correct the type in the source, or leave the file out of the folder that is imported.",
  };
}
