import { ECS, type ContainerDefinition } from "@aws-sdk/client-ecs";
import { diagnose, diagnosisClients, type Diagnosis } from "@fairlead/diagnosis";

import type { AwsAccount } from "../../aws/awsAccount";
import type { Recipe } from "../../corpus/corpusImage";
import { Assembly } from "../../corpus/layouts";
import { element, elements } from "../../ecs/running/xml";
import { inSandbox } from "../../paths";
import { pushRecipe } from "../pushRecipe";

/** Of a service. */
export interface ServiceGround {
  targetGroupArn: string;
  logGroupName: string;
}

const cluster = "rollouts";
/** Of moto/existing_resources.py. */
const adoptedVpc = "vpc-0fa1r1ead5a2db0c5";

/** What services stand on that are made by calls of the API alone. */
export class Ground {
  readonly ecs = new ECS({});
  private readonly assembly = new Assembly(inSandbox("rollouts"), process.env);
  private listenerPort = 8000;

  private constructor(
    private readonly aws: AwsAccount,
    private readonly registryHost: string,
    private readonly vpcId: string,
    private readonly network: { subnets: string[]; securityGroups: string[] },
    private readonly executionRoleArn: string,
    private readonly loadBalancerArn: string,
  ) {}

  static async make(aws: AwsAccount, registryHost: string, vpcId = adoptedVpc): Promise<Ground> {
    const { access } = aws;
    const described = await access.query("ec2", { Action: "DescribeSubnets", "Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpcId });
    // One of each zone.
    const ofZones: Record<string, string | undefined> = Object.fromEntries(
      elements(described, "item").map((subnet) => [element(subnet, "availabilityZone"), element(subnet, "subnetId")]),
    );
    const subnets = Object.values(ofZones).flatMap((id) => id ?? []);
    const group = { GroupName: "rollouts", GroupDescription: "Tasks", VpcId: vpcId };
    const securityGroup = await access.query("ec2", { Action: "CreateSecurityGroup", ...group });
    const groupId = element(securityGroup, "groupId")!;
    const open = { FromPort: "8080", ToPort: "8080", IpProtocol: "tcp", CidrIp: "0.0.0.0/0" };
    await access.query("ec2", { Action: "AuthorizeSecurityGroupIngress", GroupId: groupId, ...open });
    const network = { subnets, securityGroups: [groupId] };
    const executionRoleArn = await executionRole(access);
    const balancing = { Action: "CreateLoadBalancer", Name: "rollouts", "Subnets.member.1": subnets[0]!, "Subnets.member.2": subnets[1]! };
    const loadBalancer = await access.query("elasticloadbalancing", balancing);
    const ground = new Ground(aws, registryHost, vpcId, network, executionRoleArn, element(loadBalancer, "LoadBalancerArn")!);
    await ground.ecs.createCluster({ clusterName: cluster });
    return ground;
  }

  /** Assembles an image and pushes it; returns its reference by digest. */
  async push(name: string, recipe: Recipe, architecture?: "arm64"): Promise<string> {
    return pushRecipe(this.assembly, this.registryHost, `rollouts/${name}`, recipe, architecture);
  }

  /** A reference of a tag that is not there. */
  missing(name: string): string {
    return `${this.registryHost}/rollouts/${name}:none`;
  }

  /** A secret without any key that is asked for; returns its ARN. */
  async secret(): Promise<string> {
    const given = { Name: "rollouts/database", SecretString: '{"username":"app"}', ClientRequestToken: "0".repeat(32) };
    return (await this.aws.access.json("secretsmanager", "secretsmanager.CreateSecret", given)).ARN as string;
  }

  /** A target group with a listener, and a log group. */
  async prepare(name: string): Promise<ServiceGround> {
    const { access } = this.aws;
    const health = { HealthCheckPath: "/health", HealthCheckIntervalSeconds: "5", HealthCheckTimeoutSeconds: "2" };
    const thresholds = { HealthyThresholdCount: "2", UnhealthyThresholdCount: "2" };
    const group = { Name: name, Protocol: "HTTP", Port: "8080", VpcId: this.vpcId, TargetType: "ip", ...health, ...thresholds };
    const made = await access.query("elasticloadbalancing", { Action: "CreateTargetGroup", ...group });
    const targetGroupArn = element(made, "TargetGroupArn")!;
    await access.query("elasticloadbalancing", {
      Action: "ModifyTargetGroupAttributes",
      TargetGroupArn: targetGroupArn,
      "Attributes.member.1.Key": "deregistration_delay.timeout_seconds",
      "Attributes.member.1.Value": "1",
    });
    await access.query("elasticloadbalancing", {
      Action: "CreateListener",
      LoadBalancerArn: this.loadBalancerArn,
      Protocol: "HTTP",
      Port: String(this.listenerPort++),
      "DefaultActions.member.1.Type": "forward",
      "DefaultActions.member.1.TargetGroupArn": targetGroupArn,
    });
    const logGroupName = `/rollouts/${name}`;
    await access.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName });
    return { targetGroupArn, logGroupName };
  }

  /** Registers a revision of the task definition; returns its ARN. */
  async register(family: string, containers: ContainerDefinition[], { logGroupName }: ServiceGround): Promise<string> {
    const options = { "awslogs-group": logGroupName, "awslogs-region": "us-east-1", "awslogs-stream-prefix": family };
    const containerDefinitions = containers.map((container) => ({
      logConfiguration: { logDriver: "awslogs" as const, options },
      ...container,
    }));
    const { taskDefinition } = await this.ecs.registerTaskDefinition({
      family,
      containerDefinitions,
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      cpu: "256",
      memory: "512",
      executionRoleArn: this.executionRoleArn,
    });
    return taskDefinition!.taskDefinitionArn!;
  }

  async createService(
    serviceName: string,
    taskDefinition: string,
    { targetGroupArn }: ServiceGround,
    healthCheckGracePeriodSeconds = 10,
  ): Promise<void> {
    await this.ecs.createService({
      cluster,
      serviceName,
      taskDefinition,
      desiredCount: 1,
      launchType: "FARGATE",
      healthCheckGracePeriodSeconds,
      loadBalancers: [{ targetGroupArn, containerName: "app", containerPort: 8080 }],
      networkConfiguration: { awsvpcConfiguration: { ...this.network, assignPublicIp: "ENABLED" } },
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true },
        maximumPercent: 200,
        minimumHealthyPercent: 100,
      },
    });
  }

  updateService(service: string, taskDefinition: string) {
    return this.ecs.updateService({ cluster, service, taskDefinition });
  }

  async deleteService(service: string): Promise<void> {
    await this.ecs.deleteService({ cluster, service, force: true });
  }

  /** Waits until the newest deployment of a service has ended; returns it. */
  async ended(service: string, seconds: number) {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const { serviceDeployments: [newest] = [] } = await this.ecs.listServiceDeployments({ cluster, service });
      if (newest?.finishedAt || Date.now() > until) return newest!;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  async events(service: string): Promise<string[]> {
    const { services: [described] = [] } = await this.ecs.describeServices({ cluster, services: [service] });
    return (described?.events ?? []).map(({ message }) => message!);
  }

  /** What the doctor says of a service. */
  diagnosis(serviceName: string): Promise<Diagnosis> {
    return diagnose({ clusterArn: cluster, serviceName, clients: diagnosisClients(() => ({})) });
  }

  /** The tasks that have stopped of a service, as they are listed. */
  async stopped(serviceName: string) {
    const { taskArns = [] } = await this.ecs.listTasks({ cluster, serviceName, desiredStatus: "STOPPED" });
    if (taskArns.length === 0) return [];
    return (await this.ecs.describeTasks({ cluster, tasks: taskArns })).tasks!;
  }

  /** What the task's container logged, by the stream's name that its definition says. */
  async log({ logGroupName }: ServiceGround, logStreamName: string): Promise<string> {
    const { events = [] } = await this.aws.access.json("logs", "Logs_20140328.GetLogEvents", {
      logGroupName,
      logStreamName,
      startFromHead: true,
    });
    return (events as { message: string }[]).map(({ message }) => message).join("\n");
  }
}

/** A role that may do what tasks' starts need. */
async function executionRole({ query }: AwsAccount["access"]): Promise<string> {
  const RoleName = "rollouts-execution";
  const statement = (more: object) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...more }] });
  const trust = statement({ Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } });
  const created = await query("iam", { Action: "CreateRole", RoleName, AssumeRolePolicyDocument: trust });
  const policy = statement({ Action: ["ecr:*", "logs:*", "secretsmanager:GetSecretValue"], Resource: "*" });
  await query("iam", { Action: "PutRolePolicy", RoleName, PolicyName: "start", PolicyDocument: policy });
  return element(created, "Arn")!;
}
