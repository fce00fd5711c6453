import { createHash } from "node:crypto";
import { loadedProvider } from "@fairlead/foundation";
import { allowedTime, type AllowedTime, type RolloutPace } from "@fairlead/model";
import type { RolloutRequest } from "@fairlead/rollout";
import type * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

import { ownUrn } from "../ownUrn";
import { revisionSettings } from "./revisionSettings";

/** Arguments of {@link Rollout}. */
export interface RolloutArgs {
  service: ecs.Service;
  /** What the service was made with; a change of it is a deployment. */
  serviceArgs: ecs.ServiceArgs;
  /** Arguments whose changes are not ours. None by default. */
  ignoreChanges?: readonly string[];
  /** What decides how long it may take. */
  pace: RolloutPace;
}

/** What the engine keeps of a rollout. */
export interface RolloutProperties extends RolloutRequest, AllowedTime {
  /** Digest of what the service was made with. */
  settings: string;
  resourceUrn: string;
  /** Whether it came out. Else the next `up` tries again, whatever is asked for then. */
  outcome?: "serves" | "failed";
}

const type = "pulumi-nodejs:dynamic/fairlead:Rollout";

/**
 * That the task definition which a service was asked for serves: `up` follows ECS's deployment, and fails where ECS went back to what ran before. Another
 * `up` then asks ECS once more, for the service's own state holds the new task definition already, and would say that nothing changed. What must not happen
 * before depends on this and not on the service.
 *
 * Whoever runs `up` needs `ecs:ListServiceDeployments`, `ecs:DescribeServiceDeployments`, `ecs:DescribeServiceRevisions`, `ecs:DescribeServices`,
 * `ecs:ListTasks`, `ecs:DescribeTasks`, `ecs:UpdateService`, `elasticloadbalancing:DescribeTargetHealth` and `logs:GetLogEvents`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export class Rollout extends pulumi.CustomResource {
  constructor(name: string, { service, serviceArgs, ignoreChanges = [], pace }: RolloutArgs, options: pulumi.CustomResourceOptions) {
    const own = Object.entries(serviceArgs).filter(([key]) => !ignoreChanges.includes(key));
    const properties: pulumi.Inputs & Record<keyof RolloutProperties, unknown> = {
      clusterArn: service.cluster,
      serviceName: service.name,
      // Not the service's own: after a rollback the provider reads what ECS went back to.
      taskDefinitionArn: serviceArgs.taskDefinition,
      revision: revisionSettings(serviceArgs),
      settings: pulumi.output(Object.fromEntries(own)).apply(digestOf),
      ...allowedTime(pace),
      resourceUrn: ownUrn(name, type, options.parent),
      outcome: undefined,
    };
    super(type, name, { ...properties, __provider: loadedProvider("@fairlead/services/rolloutProvider") }, options);
  }
}

/** The same for the same values, in whichever order their keys are. */
function digestOf(value: unknown): string {
  const sorted = (_key: string, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner;
  return createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");
}
