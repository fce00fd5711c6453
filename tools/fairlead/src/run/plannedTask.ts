import { servicesIn } from "@fairlead/changes";
import type { ContainerSettings } from "@fairlead/inspection";
import type { ContainerDefinition } from "@fairlead/local";
import { isMap, platformOf, UserError, type CpuArchitecture } from "@fairlead/model";
import { isReference, redacted, referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { placeholder, type ContainerRun } from "./containerRun";
import { runOfDefinition, type TaskOfContainer } from "./runOfDefinition";

/** What a plan says of the task that a service's image is for. */
export interface PlannedTask {
  /** What the task runs on. */
  platform: string;
  /** As `up` has the image inspected. */
  settings: ContainerSettings;
  /** Settings of the stack that require something of images, whatever is in them, by name. Only a registry can tell whether an image has it. */
  requirements: string[];
  run: ContainerRun;
}

/** Keys of a container definition that this reads, or that mean nothing to a container that runs alone. */
const knownKeys = new Set(
  (
    "name command entryPoint environment essential healthCheck linuxParameters memory mountPoints portMappings readonlyRootFilesystem secrets stopTimeout ulimits user " +
    "workingDirectory image logConfiguration dependsOn dockerLabels repositoryCredentials cpu memoryReservation volumesFrom systemControls startTimeout"
  ).split(" "),
);

/**
 * The task of a service in a plan, and its own container as it would be started.
 *
 * @throws UserError where the plan has no such service, or its definition is secret
 */
export function plannedTask(plan: Plan, service: string): PlannedTask {
  const services = servicesIn(plan);
  const found = services.get(service);
  if (!found)
    throw new UserError(`There is no service "${service}" in ${plan.stack}. Services: ${[...services.keys()].sort().join(", ")}.`);
  const task = only(found.resources, "aws:ecs/taskDefinition:TaskDefinition", plan, service);
  const definitions = definitionsOf(task, plan, service);
  const own = definitions.find(({ name }) => name === service) ?? definitions[0]!;
  const inspection = found.resources.find(({ type }) => type === "pulumi-nodejs:dynamic/fairlead:ImageInspection");
  const { cpuArchitecture } = task.inputs.runtimePlatform as { cpuArchitecture: CpuArchitecture };
  const run = runOf(own, task);
  return {
    platform: platformOf(cpuArchitecture),
    settings: settingsOf(own, inspection),
    requirements: isMap(inspection?.inputs.admission) ? Object.keys(inspection.inputs.admission).sort() : [],
    run: {
      ...run,
      isJob: ["job", "scheduled-job"].includes(String((found.spec as { kind?: unknown } | undefined)?.kind)),
      withheld: {
        task: false,
        secrets: (own.secrets ?? []).map(({ name }) => name),
        outputs: (own.environment ?? []).filter(({ value }) => referencesIn(value).length > 0).map(({ name }) => name),
        fileSystems: run.mounts.flatMap(({ kind, containerPath }) => (kind === "shared" ? [containerPath] : [])),
        sidecars: definitions.filter(({ name }) => name !== own.name).map(({ name }) => name),
        settings: unknownSettings(own),
      },
    },
  };
}

function only(resources: PlanResource[], type: string, plan: Plan, service: string): PlanResource {
  const found = resources.find((resource) => resource.type === type);
  if (!found) throw new UserError(`${service} has no task definition in the plan of ${plan.stack}.`);
  return found;
}

function definitionsOf({ inputs }: PlanResource, plan: Plan, service: string): [ContainerDefinition, ...ContainerDefinition[]] {
  const { containerDefinitions } = inputs;
  if (typeof containerDefinitions === "string" && containerDefinitions !== redacted)
    return JSON.parse(containerDefinitions) as [ContainerDefinition, ...ContainerDefinition[]];
  throw new UserError(
    `The task definition of ${service} in ${plan.stack} is ${containerDefinitions === redacted ? "a secret as a whole" : "known only after apply"}: ` +
      "what its container runs can't be told. Give secrets as `secrets`, not as `environment`.",
  );
}

/** As the inspection of `up` gets them: it knows of a health check that was taken away. */
function settingsOf(own: ContainerDefinition, inspection: PlanResource | undefined): ContainerSettings {
  const { containers } = inspection?.inputs ?? {};
  const settings = isMap(containers) ? containers[own.name] : undefined;
  if (isMap(settings) && !isReference(settings)) return known(settings) as ContainerSettings;
  const { entryPoint, command, user, healthCheck } = own;
  return { entryPoint, command, user, healthCheck: healthCheck?.command };
}

function runOf(own: ContainerDefinition, { inputs }: PlanResource): Omit<ContainerRun, "isJob" | "withheld"> {
  const secrets = (own.secrets ?? []).map(({ name }) => [name, placeholder(name)]);
  const variables = (own.environment ?? []).map(({ name, value }) => [name, known(value)]);
  return runOfDefinition(own, inputs as TaskOfContainer, Object.fromEntries([...secrets, ...variables]) as Record<string, string>);
}

function unknownSettings({ linuxParameters = {}, ...definition }: ContainerDefinition): string[] {
  const isSet = (value: unknown) => value !== undefined && (!Array.isArray(value) || value.length > 0);
  const keys = Object.entries(definition).filter(([key, value]) => !knownKeys.has(key) && isSet(value));
  const ofLinux = Object.entries(linuxParameters).filter(
    ([key, value]) => !["initProcessEnabled", "capabilities"].includes(key) && isSet(value),
  );
  return [...keys.map(([key]) => key), ...ofLinux.map(([key]) => `linuxParameters.${key}`)];
}

/** A value of the plan with a text where it has references to what nobody knows yet. */
function known(value: unknown): unknown {
  if (typeof value === "string")
    return referencesIn(value).reduce(
      (text, { urn, attribute }) => text.replaceAll(`\${${urn}#${attribute}}`, placeholder(attribute)),
      value,
    );
  if (Array.isArray(value)) return value.map(known);
  if (!isMap(value)) return value;
  if (isReference(value)) return placeholder(value.$output);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(item)]));
}
