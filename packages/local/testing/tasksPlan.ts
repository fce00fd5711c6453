import type { Plan, PlanResource } from "@fairlead/plan";
import { resource, urnOf } from "@fairlead/plan/testing/resources";

import type { LocalSettings } from "../src/settings";
import { propertiesSettings } from "./propertiesPlan";

export const groupType = "aws:ec2/securityGroup:SecurityGroup";
export const definitionType = "aws:ecs/taskDefinition:TaskDefinition";

/** A value that apply fills in. */
export const output = (type: string, name: string, attribute: string) => ({ $output: `${urnOf(type, name)}#${attribute}` });

/** A rule of a security group, of every protocol unless it says another. */
export type Rule = Record<string, unknown>;
export const everybody: Rule = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
/** From or to the group of a task. */
export const groupOf = (task: string): Rule => ({ protocol: "-1", securityGroups: [output(groupType, task, "id")] });

/** A service of one container, on a network of its own. */
export interface ServiceOfPlan {
  ingress?: Rule[];
  egress?: Rule[];
  container?: Record<string, unknown>;
  /** Of ECS's service. */
  service?: Record<string, unknown>;
}

/** The resources of a service. */
export function serviceOf(name: string, { ingress = [], egress = [everybody], container, service }: ServiceOfPlan = {}): PlanResource[] {
  return [
    resource(groupType, name, { ingress, egress }),
    resource(definitionType, name, {
      ...{ networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"], cpu: "256", memory: "512" },
      containerDefinitions: JSON.stringify([{ name, image: "example.com/image:1", ...container }]),
    }),
    resource("aws:ecs/service:Service", name, {
      taskDefinition: output(definitionType, name, "arn"),
      networkConfiguration: { securityGroups: [output(groupType, name, "id")] },
      ...service,
    }),
  ];
}

/** A plan of these resources. */
export const planOf = (...resources: PlanResource[]): Plan => ({ version: 1, project: "shop", stack: "dev", resources, outputs: {} });

/** As on a machine with 8 CPUs. */
export const settings: LocalSettings = { ...propertiesSettings("/repository", "/repository/.fairlead"), cpus: 8, platform: undefined };
