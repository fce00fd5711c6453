import type { types } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { strategyArgs } from "../cluster/cluster";
import type { RunStatementsArgs } from "./runStatements";

/** What a schedule starts, and where. */
export interface ScheduleTargetArgs extends RunStatementsArgs {
  capacityProviderStrategies: ReturnType<typeof strategyArgs>;
  subnets: pulumi.Input<string[]>;
  securityGroups: pulumi.Input<string>[];
  assignPublicIp: boolean;
}

type Target = Pick<types.input.scheduler.ScheduleTarget, "arn" | "input" | "ecsParameters">;

/** A task that EventBridge Scheduler starts by itself. */
export function taskTarget({ cluster, taskDefinition, capacityProviderStrategies, ...networkConfiguration }: ScheduleTargetArgs): Target {
  return {
    arn: cluster.arn,
    ecsParameters: {
      taskDefinitionArn: taskDefinition.arn,
      taskCount: 1,
      capacityProviderStrategies,
      networkConfiguration,
      propagateTags: "TASK_DEFINITION",
      enableEcsManagedTags: true,
    },
  };
}

/** The same by a state machine, which knows the cluster and is given the rest of RunTask's arguments, with capital letters. */
export function stateMachineTarget(arn: pulumi.Input<string>, args: ScheduleTargetArgs): Target {
  const { taskDefinition, capacityProviderStrategies, subnets, securityGroups, assignPublicIp } = args;
  return {
    arn,
    input: pulumi.jsonStringify({
      TaskDefinition: taskDefinition.arn,
      CapacityProviderStrategy: capacityProviderStrategies.map(({ capacityProvider, base, weight }) => ({
        CapacityProvider: capacityProvider,
        Base: base,
        Weight: weight,
      })),
      NetworkConfiguration: {
        AwsvpcConfiguration: { Subnets: subnets, SecurityGroups: securityGroups, AssignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED" },
      },
    }),
  };
}
