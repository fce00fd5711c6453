import { capacityValues, cpuArchitectures, taskSecurityGroupValues, taskValues } from "@fairlead/model";
import { Type } from "@sinclair/typebox";

import { closed, oneOf, options } from "./typebox";

/** What tasks run on, and how many there are. */
export const capacityKeys = {
  runtimePlatform: Type.Optional(
    options(
      {
        cpuArchitecture: oneOf(cpuArchitectures, {
          description: "CPU of the task, and so of its image. The environment decides by default.",
        }),
      },
      "What the task runs on, as in an ECS task definition.",
    ),
  ),
  cpu: Type.Optional(Type.Integer({ description: "CPU units of a task; 1024 are one vCPU.", ...taskValues.cpu })),
  memoryMiB: Type.Optional(
    Type.Integer({ description: "Memory of a task in MiB. Fargate offers certain sizes for each cpu.", ...taskValues.memoryMiB }),
  ),
  ephemeralStorageGiB: Type.Optional(
    Type.Integer({ description: "Disk of a Fargate task in GiB; 20 without it.", ...taskValues.ephemeralStorageGiB }),
  ),
  desiredCount: Type.Optional(
    Type.Integer({
      description: "Tasks to keep running; with scaling those to begin with. The environment decides by default.",
      ...taskValues.desiredCount,
    }),
  ),
  capacityProviderStrategy: Type.Optional(
    Type.Array(
      Type.Object(
        {
          capacityProvider: Type.String({ description: "FARGATE, FARGATE_SPOT or one of the cluster's own.", minLength: 1 }),
          base: Type.Optional(Type.Integer({ description: "Tasks there before the weights count.", ...capacityValues.base })),
          weight: Type.Optional(Type.Integer({ description: "Share of the tasks above the base.", ...capacityValues.weight })),
        },
        closed,
      ),
      { description: "What its tasks run on, and in which shares. The cluster's by default.", minItems: 1, maxItems: 20 },
    ),
  ),
  networkMode: Type.Optional(oneOf(["awsvpc", "bridge", "host"], { description: "awsvpc by default; the others on EC2 only." })),
  assignPublicIp: Type.Optional(
    Type.Boolean({
      description:
        "Whether tasks run in public subnets, each with a public IPv4 address, and reach the internet by it instead of a NAT gateway. On Fargate alone. The environment decides by default; false where it says nothing.",
    }),
  ),
  securityGroups: Type.Optional(
    Type.Array(Type.String({ pattern: "^sg-([0-9a-f]{8}|[0-9a-f]{17})$" }), {
      description:
        "Ids of security groups that exist, in the environment's VPC, which tasks have besides their own: those that a database or cache of somebody else's lets in. Each lets in what its own rules do.",
      minItems: taskSecurityGroupValues.minimum,
      maxItems: taskSecurityGroupValues.maximum,
      uniqueItems: true,
    }),
  ),
  placement: Type.Optional(
    options(
      {
        strategies: Type.Array(
          Type.Object({ type: oneOf(["spread", "binpack", "random"], {}), field: Type.Optional(Type.String()) }, closed),
          { maxItems: 5, description: "In order. Spread over zones, then instances, by default." },
        ),
        constraints: Type.Array(
          Type.Object({ type: oneOf(["distinctInstance", "memberOf"], {}), expression: Type.Optional(Type.String()) }, closed),
          { maxItems: 10, description: "Instances that will do. Any by default." },
        ),
      },
      "Where tasks go on EC2 instances.",
    ),
  ),
};
