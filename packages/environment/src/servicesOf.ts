import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { DataDeclaration } from "@fairlead/data";
import {
  foldersWithoutManifest,
  loadServices,
  type Diagnostic,
  type EnvironmentDefaults,
  type EnvironmentOffers,
  type GuardRails,
  type ServiceSpec,
} from "@fairlead/manifest";
import { coded } from "@fairlead/model";
import { builderPlatforms } from "@fairlead/registry";
import * as pulumi from "@pulumi/pulumi";

import type { Settings } from "./settings";
import { sharedLogGroups } from "./sharedLogGroups";
import { vulnerabilityExceptions } from "./vulnerabilityExceptions";

/** What an environment decides for its services. */
export interface ServicesOfArgs extends Pick<
  EnvironmentOffers,
  "capacityProviders" | "networkLoadBalancer" | "internalLoadBalancer" | "serviceConnect"
> {
  defaults: EnvironmentDefaults;
  /** What services must keep to here. */
  guardRails?: GuardRails;
  /** What `uses:` may name. */
  data: Record<string, DataDeclaration>;
}

/**
 * The services of this environment, checked against all that it offers.
 *
 * @throws UserError with all problems of all manifests
 */
export function servicesOf(settings: Settings, { defaults, data, guardRails, ...offered }: ServicesOfArgs): ServiceSpec[] {
  const { folders, environmentName, environmentNames, appsDirectory, loadBalancerRules, builder, builtPlatforms, admission } = settings;
  if (!environmentNames.includes(environmentName)) throw new pulumi.RunError(notAnEnvironment(settings));
  const directory = join(folders.root, appsDirectory);
  // No folder would mean no services, and `up` would delete those that run.
  if (!existsSync(directory))
    throw new pulumi.RunError(`There is no folder ${appsDirectory} (fairlead:appsDirectory of stack ${environmentName}).`);
  for (const folder of foldersWithoutManifest(directory)) void pulumi.log.warn(noManifestMessage(relative(folders.root, folder)));
  const kinds = Object.fromEntries(Object.entries(data).map(([name, { kind }]) => [name, kind]));
  const setIn = `${relative(folders.root, folders.stacks) || "."}/${environmentName}.ts`.replace(/^\.\//, "");
  if (guardRails) settings.onGuardRails?.(guardRails);
  const rails = guardRails && { ...guardRails, environment: environmentName, setIn };
  const { allowedRegistries, requiredSignatures } = admission ?? {};
  const signedRegistries = requiredSignatures?.map(({ images }) => images);
  const offers = {
    ...{ ...offered, guardRails: rails, data: kinds, loadBalancerRules, allowedRegistries, signedRegistries },
    builderPlatforms: () => builderPlatforms(builtPlatforms ? undefined : builder),
    builtPlatforms,
  };
  const { onBrokenManifests, leftOut, standIn } = settings;
  const specs = loadServices({
    directory,
    environment: environmentName,
    environments: [...environmentNames],
    defaults,
    variables: process.env,
    offers,
    onRead: (read) => {
      settings.onServicesRead?.(read);
      for (const warning of sharedLogGroups(read, settings)) void pulumi.log.warn(warning);
    },
    onHints: (hints) => {
      for (const hint of hints) void pulumi.log.warn(hintMessage(hint, folders.root));
    },
    standIn,
    onProblems: onBrokenManifests && ((problems, files) => (leftOut.push(...files), onBrokenManifests(problems, files))),
  });
  // An exception for a service that there is not would be for nobody.
  const names = specs.map(({ name }) => name);
  if (leftOut.length === 0) vulnerabilityExceptions(folders.stacks, environmentName, names);
  return specs;
}

function noManifestMessage(folder: string): string {
  return coded(
    "FL1037",
    `${folder} has a Dockerfile and no service.yaml: it is no service, and one that runs is deleted. An image that is no service's is better kept elsewhere.`,
  );
}

function hintMessage({ code, file, line, column, problem, fix }: Diagnostic, root: string): string {
  return coded(code, `${relative(root, file)}:${line}:${column}: ${problem}. ${fix}`);
}

function notAnEnvironment({ environmentName, environmentNames }: Settings): string {
  return (
    `The stack ${environmentName} has services, and environments.json beside its composition does not list it: ${environmentNames.join(", ") || "none"}.\n` +
    `  fix: Add "${environmentName}" there, in the order of promotion.`
  );
}
