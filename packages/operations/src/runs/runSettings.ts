import type { CapacityProviderStrategyItem, LaunchType, NetworkConfiguration } from "@aws-sdk/client-ecs";
import { scheduledTask, UserError } from "@fairlead/model";

import { describedService } from "../addresses/describedService";
import type { OperatedStack } from "../operatedStack";
import type { JobInAws, ServiceInAws } from "../stack/serviceInAws";

/** What a task of a service, or of a job, is started with. */
export interface RunSettings {
  taskDefinitionArn: string;
  networkConfiguration: NetworkConfiguration | undefined;
  capacityProviderStrategy: CapacityProviderStrategyItem[] | undefined;
  launchType: LaunchType | undefined;
}

type Stack = Pick<OperatedStack, "inAws" | "clients">;

/** The image, roles, secrets and network that tasks of it have now. @throws UserError where it was never brought out */
export function runSettings(stack: Stack, runnable: ServiceInAws | JobInAws): Promise<RunSettings> {
  return runnable.kind === "service" ? ofService(stack, runnable) : ofJob(stack, runnable);
}

async function ofService({ inAws, clients }: Stack, service: ServiceInAws): Promise<RunSettings> {
  const { taskDefinition, networkConfiguration, capacityProviderStrategy, launchType } = await describedService(
    inAws.stack,
    clients,
    service,
  );
  return {
    taskDefinitionArn: taskDefinition!,
    networkConfiguration,
    capacityProviderStrategy: capacityProviderStrategy?.length ? capacityProviderStrategy : undefined,
    launchType: capacityProviderStrategy?.length ? undefined : launchType,
  };
}

/** A job has no service: its schedule says how it is started, or else where the stack's services are, with the job's own security group. */
async function ofJob(stack: Stack, job: JobInAws): Promise<RunSettings> {
  const { DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
  const { inAws, clients } = stack;
  const { taskDefinition } = await (
    await clients.ecs()
  )
    .send(new DescribeTaskDefinitionCommand({ taskDefinition: job.family }))
    .catch((error: Error) => {
      if (error.name !== "ClientException") throw error;
      throw new UserError(`${job.name} is not there: \`pulumi up -s ${inAws.stack}\` brings it out.`);
    });
  const taskDefinitionArn = taskDefinition!.taskDefinitionArn!;
  const around = job.schedule === undefined ? await besideServices(stack, job) : await ofSchedule(stack, job.schedule);
  return { ...around, taskDefinitionArn };
}

async function ofSchedule({ clients }: Stack, schedule: string): Promise<Omit<RunSettings, "taskDefinitionArn">> {
  const { GetScheduleCommand } = await import("@aws-sdk/client-scheduler");
  const { Target } = await (await clients.schedules()).send(new GetScheduleCommand({ Name: schedule }));
  const { NetworkConfiguration, CapacityProviderStrategy, LaunchType } = scheduledTask(Target ?? {}) ?? {};
  const vpc = NetworkConfiguration?.awsvpcConfiguration;
  return {
    networkConfiguration: vpc && {
      awsvpcConfiguration: { subnets: vpc.Subnets, securityGroups: vpc.SecurityGroups, assignPublicIp: vpc.AssignPublicIp },
    },
    capacityProviderStrategy: CapacityProviderStrategy,
    launchType: CapacityProviderStrategy?.length ? undefined : LaunchType,
  };
}

async function besideServices(
  { inAws, clients }: Stack,
  { name, cluster, assignPublicIp, securityGroups }: JobInAws,
): Promise<Omit<RunSettings, "taskDefinitionArn">> {
  const service = inAws.services.find((each) => each.assignPublicIp === assignPublicIp);
  const subnetsKind = assignPublicIp ? "public" : "private";
  if (!service) throw new UserError(`${inAws.stack} has no service in whose ${subnetsKind} subnets ${name} could run.`);
  const { networkConfiguration } = await describedService(inAws.stack, clients, { ...service, cluster });
  const subnets = networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
  const ec2 = await import("@aws-sdk/client-ec2");
  const client = await clients.ec2();
  const { Subnets = [] } = await client.send(new ec2.DescribeSubnetsCommand({ SubnetIds: subnets.slice(0, 1) }));
  // Its name ends with digits that only the state and AWS know.
  const Filters = [
    { Name: "vpc-id", Values: [Subnets[0]?.VpcId ?? ""] },
    { Name: "group-name", Values: [`${name}-???????`] },
    { Name: "description", Values: [`Tasks of ${name}`] },
  ];
  const { SecurityGroups = [] } = await client.send(new ec2.DescribeSecurityGroupsCommand({ Filters }));
  if (SecurityGroups.length !== 1)
    throw new UserError(`${SecurityGroups.length} security groups are called "Tasks of ${name}": expected one.`);
  return {
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets,
        securityGroups: [SecurityGroups[0]!.GroupId!, ...securityGroups],
        assignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED",
      },
    },
    capacityProviderStrategy: undefined,
    launchType: undefined,
  };
}
