import { isMap } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";

import type { ComposeFile } from "../src/compose/model";
import { mountsOfShop, ofInit, ofLegacy, ofNightly, ofPartner, restartOfJob, restartPolicyOfHelper } from "./propertiesOfOthers";
import { processOfAgent, processOfHelper, processOfShop } from "./propertiesOfProcess";
import { resourcesOfHelper, resourcesOfLegacy, resourcesOfShop } from "./propertiesOfResources";
import { dependsOn, networkOfShop } from "./propertiesOfTask";
import type { ComposeView, Inspected, InspectView, PlanView, Property, Readings } from "./propertyViews";

const of = (task: string, container: string, ...readings: Record<string, Readings>[]): Property[] =>
  readings.flatMap((all) => Object.entries(all).map(([name, each]) => ({ task, container, name, ...each })));

/** What a task definition says of its containers, as the plan, the Compose file and Docker have it. */
export const properties: readonly Property[] = [
  ...of("shop", "shop", processOfShop, resourcesOfShop, mountsOfShop, networkOfShop, {
    "dependsOn SUCCESS": dependsOn("init", "shop.init", "SUCCESS"),
    "dependsOn HEALTHY": dependsOn("helper", "shop.helper", "HEALTHY"),
  }),
  ...of("shop", "init", ofInit),
  ...of("shop", "helper", processOfHelper, resourcesOfHelper, { restartPolicy: restartPolicyOfHelper }),
  ...of("shop", "agent", processOfAgent, { "dependsOn START": dependsOn("shop", "shop", "START") }),
  ...of("migration", "migration", { "no restart of a job": restartOfJob }),
  ...of("legacy", "legacy", ofLegacy, resourcesOfLegacy),
  ...of("legacy", "partner", ofPartner),
  ...of("nightly", "nightly", ofNightly),
];

/** Compose's name for a container of the plan. */
export const serviceOf = ({ task, container }: Pick<Property, "task" | "container">): string =>
  task === container ? task : `${task}.${container}`;

/** A property as a plan has it. */
export function inPlan(property: Property, plan: Plan): unknown {
  const isOwn = ({ type, name }: Plan["resources"][number]) => type === "aws:ecs/taskDefinition:TaskDefinition" && name === property.task;
  const definition = plan.resources.find(isOwn)!.inputs;
  const containers = JSON.parse(String(definition.containerDefinitions)) as PlanView["container"][];
  const container = containers.find(({ name }) => name === property.container)!;
  return plain(property.plan({ container, definition, plan }));
}

/** The same in a Compose file. */
export function inCompose(property: Property, file: ComposeFile): unknown {
  const view: ComposeView = { container: file.services[serviceOf(property)]!, holder: file.services[`${property.task}.network`]!, file };
  return plain(property.compose(view));
}

/** The same of containers that run, by the names of their services. */
export function inDocker(property: Property, all: Readonly<Record<string, Inspected>>): unknown {
  const view: InspectView = { container: all[serviceOf(property)]!, holder: all[`${property.task}.network`]!, all };
  return plain(property.inspect(view));
}

/** Without keys that have no value. */
function plain(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}
