import { parsedJson, type ServiceParts } from "@fairlead/changes";
import { isMap } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { asList } from "../arguments/judge";

/** What a task definition says of one container, as far as it is read here. */
export interface Container {
  name?: string;
  environment?: { name: string; value?: string }[];
  secrets?: { name: string; valueFrom?: string }[];
  healthCheck?: { interval?: number };
  cpu?: number;
  memory?: number;
  memoryReservation?: number;
}

/** The containers of a task definition; none where they are known only after apply. */
export function containersOf({ inputs }: PlanResource): Container[] {
  const { containerDefinitions: text } = inputs;
  if (typeof text !== "string") return asList(text).filter(isMap) as Container[];
  const list = parsedJson(text);
  return Array.isArray(list) ? (list.filter(isMap) as Container[]) : [];
}

/** Those of all task definitions of a service. */
export function containersIn({ resources }: ServiceParts): Container[] {
  return resources.filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition").flatMap(containersOf);
}
