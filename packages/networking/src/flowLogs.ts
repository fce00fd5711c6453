import { logGroupArgs, serviceRole, type LogSettings } from "@fairlead/foundation";
import { logGroupNameIn, ownNames } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link FlowLogs}. */
export interface FlowLogsArgs {
  vpcId: pulumi.Input<string>;
  /** Which traffic is logged. `REJECT` by default: it answers "who was kept out", at a small part of the price of `ALL`. */
  trafficType?: "ALL" | "ACCEPT" | "REJECT";
  logs?: LogSettings;
  /** Changes the arguments of the flow log just before it is created. */
  transform?: (args: ec2.FlowLogArgs) => ec2.FlowLogArgs;
}

/**
 * A VPC's flow logs in CloudWatch Logs: who talked to whom, and was let in or kept out.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 * @example
 * ```ts
 * new FlowLogs("prod", { vpcId: network.vpcId, trafficType: "ALL" });
 * ```
 */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:FlowLogs", name, {}, options);
    const parent = { parent: this };
    const logGroup = new cloudwatch.LogGroup(`${name}-flow-logs`, logGroupArgs(logGroupNameIn(name, ownNames.flowLogs), args.logs), parent);
    const { role } = serviceRole(
      `${name}-flow-logs`,
      {
        service: "vpc-flow-logs.amazonaws.com",
        description: "The VPC writes its flow logs with it",
        statements: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
        ],
      },
      parent,
    );
    const base: ec2.FlowLogArgs = {
      vpcId: args.vpcId,
      trafficType: args.trafficType ?? "REJECT",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
    };
    // AWS refuses a second one of the same VPC and log group (FlowLogAlreadyExists), so that the first goes before.
    new ec2.FlowLog(name, args.transform?.(base) ?? base, { parent: this, deleteBeforeReplace: true });
    this.registerOutputs({});
  }
}
