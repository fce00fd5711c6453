import { diagnose, diagnosisClients } from "../src";
import { addEndpoints, network } from "../testing/scenes/network";
import { fargateWeb, scheduledJob } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

const look = ({ account, clusterArn, serviceName }: ServiceScene) =>
  diagnose({ clusterArn, serviceName, clients: diagnosisClients(account.clientConfig), now: account.clock.in(0) });

const pullTimesOut = {
  stopCode: "TaskFailedToStart",
  stoppedReason:
    "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref: dial tcp 10.0.2.7:443: i/o timeout",
} as const;

/** A subnet without a way out, which the service was moved to by the deployment that failed. */
function movedToClosedSubnet(scene: ServiceScene): void {
  const { state, account } = scene;
  const SubnetId = "subnet-0closed";
  state.subnets.push({ ...state.subnets[0]!, SubnetId, CidrBlock: "10.0.9.0/24" });
  state.routeTables.push({
    ...{ RouteTableId: "rtb-0closed", VpcId: network.vpcId },
    Associations: [{ RouteTableId: "rtb-0closed", SubnetId, Main: false }],
    Routes: [{ DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" }],
  });
  state.vpcEndpoints = [];
  addEndpoints(account, ["ecr.api"]);
  scene.service.networkConfiguration = { awsvpcConfiguration: { subnets: [SubnetId], securityGroups: [scene.taskSecurityGroupId] } };
}

test("after a rollback the network is looked at of the revision that failed, not of the one that serves", async () => {
  const scene = fargateWeb();
  movedToClosedSubnet(scene);
  scene.registerTaskDefinition();
  scene.deploy();
  scene.stop(pullTimesOut, 3);
  scene.rollBack();
  expect(scene.service.networkConfiguration!.awsvpcConfiguration!.subnets).toEqual(network.subnetIds);
  const { causes } = await look(scene);
  expect(causes[0]).toMatchObject({
    cause: "ecr-unreachable",
    problem: expect.stringContaining("subnet-0closed has no route to a NAT gateway, and the VPC has no endpoint for ecr.dkr, s3"),
  });
});

test("the port and the target group are those of the revision that failed", async () => {
  const scene = fargateWeb();
  const TargetGroupArn = scene.targetGroup!.TargetGroupArn!.replace("targetgroup/api/", "targetgroup/api-admin/");
  scene.state.targetGroups.unshift({
    ...scene.targetGroup,
    TargetGroupArn,
    TargetGroupName: "api-admin",
    HealthCheckPath: "/admin/health",
  });
  scene.service.loadBalancers = [{ targetGroupArn: TargetGroupArn, containerName: "api", containerPort: 9000 }];
  scene.registerTaskDefinition((definition) => (definition.containerDefinitions![0]!.portMappings = [{ containerPort: 9000 }]));
  scene.deploy();
  const [task] = scene.stop({
    ...{ stopCode: "ServiceSchedulerInitiated", ranSeconds: 300 },
    stoppedReason: `Task failed ELB health checks in (target-group ${TargetGroupArn})`,
    containers: [{ exitCode: 143, log: ["listening on 0.0.0.0:3000"] }],
  });
  expect(task).toBeDefined();
  scene.rollBack();
  const { causes } = await look(scene);
  expect(causes[0]).toMatchObject({
    cause: "security-group-blocks-load-balancer",
    problem: expect.stringContaining("port 9000"),
  });
});

test("Spot is named where the revision that failed was to run on it, though the one that serves does not", async () => {
  const scene = fargateWeb();
  scene.service.capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
  scene.registerTaskDefinition();
  scene.deploy();
  scene.stop({ stopCode: "TaskFailedToStart", stoppedReason: "Capacity is unavailable at this time. Please try again later." }, 3);
  scene.rollBack();
  const { causes } = await look(scene);
  expect(causes.map(({ cause }) => cause)).toEqual(["no-capacity-spot"]);
});

test("secrets and images are looked at of the revision that failed, whichever answer comes first", async () => {
  const scene = fargateWeb();
  const valueFrom = scene.account.arn("secretsmanager", "secret:dev/api/new-AbCdEf");
  scene.registerTaskDefinition((definition) => (definition.containerDefinitions![0]!.secrets = [{ name: "TOKEN", valueFrom }]));
  scene.deploy();
  const stoppedReason =
    "ResourceInitializationError: unable to pull secrets: ResourceNotFoundException: Secrets Manager can't find the specified secret.";
  scene.stop({ stopCode: "TaskFailedToStart", stoppedReason }, 3);
  scene.rollBack();
  // The newest answers last.
  const clients = diagnosisClients(scene.account.clientConfig);
  const slow = async () => {
    const ecs = await clients.ecs();
    const send = ecs.send.bind(ecs) as (command: unknown) => Promise<unknown>;
    const late = async (command: { input: { taskDefinition?: string } }) => {
      const answer = await send(command);
      if (command.input.taskDefinition === scene.taskDefinition.taskDefinitionArn) await new Promise((resume) => setTimeout(resume, 50));
      return answer;
    };
    return Object.assign(Object.create(ecs) as typeof ecs, { send: late });
  };
  const { clusterArn, serviceName } = scene;
  const { causes } = await diagnose({ clusterArn, serviceName, clients: { ...clients, ecs: slow }, now: scene.account.clock.in(0) });
  expect(causes[0]).toMatchObject({ cause: "secret-missing", problem: expect.stringContaining("TOKEN") });
});

test("a scheduled job with a public address gets out through the internet gateway", async () => {
  const scene = scheduledJob();
  const { awsvpcConfiguration } = scene.state.schedules[0]!.Target!.EcsParameters!.NetworkConfiguration!;
  awsvpcConfiguration!.AssignPublicIp = "ENABLED";
  for (const table of scene.state.routeTables)
    table.Routes![1] = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-0a1", State: "active" };
  scene.state.vpcEndpoints = [];
  scene.stop({ ...pullTimesOut, stoppedSecondsAgo: 60 });
  const { account, clusterArn, taskDefinition, serviceName } = scene;
  const clients = diagnosisClients(account.clientConfig);
  const subject = { clusterArn, family: taskDefinition.family!, scheduleName: `dev-${serviceName}` };
  const { causes } = await diagnose({ ...subject, clients, now: account.clock.in(0) });
  expect(causes[0]!.cause).toBe("ecr-unreachable");
  expect(causes[0]!.problem).not.toContain("no route to a NAT gateway");
});
