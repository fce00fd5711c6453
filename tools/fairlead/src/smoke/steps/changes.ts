import { dirname, join } from "node:path";
import { appendFileSync, rmSync } from "node:fs";

import { StepFailure, type SmokeRun } from "../model";
import type { ChosenService } from "../services";
import { identityOf, versionOf, type StoredResource } from "../storedResource";

/** Why a step that changes a service has nothing to do. */
export function noService({ services }: SmokeRun): string | undefined {
  return services.changed ? undefined : "No service of this stack runs on ECS all the time.";
}

/** Changes keys of a service's manifest, for this environment too where it has its own, and commits that. */
export function changeManifest({ clone, stack }: SmokeRun, service: ChosenService, keys: Record<string, unknown>): void {
  clone.editYaml(join(clone.project, service.file), (document) => {
    for (const [key, value] of Object.entries(keys)) {
      if (document.hasIn(["environments", stack, key])) document.deleteIn(["environments", stack, key]);
      document.set(key, document.createNode(value));
    }
  });
  clone.commit(`${service.name}: ${Object.keys(keys).join(", ")}`);
}

/** Makes another version of a service: another image where it is built here, and another variable. */
export function newVersion(run: SmokeRun, service: ChosenService, version: string): void {
  const { clone } = run;
  const { dockerfile, target } = service.build;
  if (target === undefined) appendFileSync(join(clone.project, dockerfile), `\nLABEL fairlead.smoke="${version}"\n`);
  changeManifest(run, service, { environment: { ...service.environment, FAIRLEAD_SMOKE: version } });
}

/** Deletes a service's folder, as docs/environments.md says, and commits that. */
export function retire({ clone }: SmokeRun, service: ChosenService): void {
  rmSync(dirname(join(clone.project, service.file)), { recursive: true });
  clone.commit(`${service.name} is retired`);
}

/** A resource of the state by its type and its name. */
export function resourceOf(resources: readonly StoredResource[], type: string, name: string): StoredResource | undefined {
  return resources.find((resource) => resource.type === type && resource.urn.endsWith(`::${name}`));
}

/** What the containers of a service are, as the state has it. */
export async function containersOf({ pulumi }: SmokeRun, { name }: ChosenService): Promise<string> {
  const found = resourceOf(await pulumi.resources(), "aws:ecs/taskDefinition:TaskDefinition", name);
  if (!found) throw new StepFailure(`The state has no task definition of ${name}.`);
  return JSON.stringify(found.inputs?.containerDefinitions);
}

/** Cluster and name of a service in ECS. */
export async function ecsServiceOf({ pulumi }: SmokeRun, { name }: ChosenService): Promise<{ cluster: string; service: string }> {
  const found = resourceOf(await pulumi.resources(), "aws:ecs/service:Service", name);
  if (!found) throw new StepFailure(`The state has no service ${name}.`);
  return { cluster: String(found.inputs?.cluster), service: String(found.inputs?.name) };
}

/** AWS's resources of the state, by what tells one from its replacement. */
export async function identitiesOfAws(run: SmokeRun): Promise<string[]> {
  return (await resourcesOfAws(run)).map(identityOf).sort();
}

/** AWS's resources of the state, by what tells one from what any change made of it. */
export async function versionsOfAws(run: SmokeRun): Promise<string[]> {
  return (await resourcesOfAws(run)).map(versionOf).sort();
}

async function resourcesOfAws({ pulumi }: SmokeRun): Promise<StoredResource[]> {
  return (await pulumi.resources()).filter(({ type }) => type.startsWith("aws:"));
}
