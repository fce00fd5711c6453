import { diagnosisClients } from "../src/clients";
import { gather } from "../src/gather/gather";
import { fargateWeb, scheduledJob } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

const look = ({ account, clusterArn, serviceName, service }: ServiceScene, family?: string) =>
  gather(
    service ? { clusterArn, serviceName } : { clusterArn, family, scheduleName: `dev-${serviceName}` },
    diagnosisClients(account.clientConfig),
    {
      now: account.clock.in(0),
    },
  );

/** A service of 200 tasks that all fail in their own ways, in a cluster of 50, with secrets, alarms and sidecars. */
function largest(options = {}): ServiceScene {
  const scene = fargateWeb({ desiredCount: 100, ...options });
  const { account, state } = scene;
  for (let index = 0; index < 49; index++) {
    const serviceName = `other-${index}`;
    const service = { ...structuredClone(scene.service), serviceName, serviceArn: account.arn("ecs", `service/dev/${serviceName}`) };
    state.services.push(service);
  }
  const secret = (index: number) => account.arn("secretsmanager", `secret:dev/api/${index}-AbCdEf`);
  for (let index = 0; index < 12; index++) {
    state.secrets.push({
      ARN: secret(index),
      Name: `dev/api/${index}`,
      KmsKeyId: account.arn("kms", `key/${index}`),
      values: { password: "hunter2" },
    });
  }
  scene.registerTaskDefinition((definition) => {
    const [own] = definition.containerDefinitions!;
    own!.secrets = Array.from({ length: 12 }, (_, index) => ({ name: `SECRET_${index}`, valueFrom: `${secret(index)}:password::` }));
    definition.containerDefinitions!.push({ ...structuredClone(own!), name: "proxy" });
  });
  scene.deploy(600, (deployment) => {
    deployment.alarms = { status: "TRIGGERED", alarmNames: ["dev-api-5xx"], triggeredAlarmNames: ["dev-api-5xx"] };
  });
  state.alarms.push({
    AlarmName: "dev-api-5xx",
    Namespace: "AWS/ApplicationELB",
    MetricName: "HTTPCode_Target_5XX_Count",
    Statistic: "Sum",
    Period: 60,
  });
  scene.run(50, 60);
  for (let index = 0; index < 50; index++) {
    scene.stop({
      stopCode: "EssentialContainerExited",
      stoppedReason: `Essential container in task exited`,
      containers: [
        { exitCode: index, log: ["boom"] },
        { name: "proxy", exitCode: 1 },
      ],
    });
  }
  scene.stop({ stopCode: "TaskFailedToStart", stoppedReason: "Timeout waiting for network interface provisioning to complete." });
  scene.event("was unable to place a task because no container instance met all of its requirements.");
  scene.event("was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently.");
  return scene;
}

it("the largest service takes fewer than 40 calls, and less than 5 s at 50 ms a call", async () => {
  const scene = largest({ latencyMilliseconds: 50 });
  const { account } = scene;
  const began = account.clock.milliseconds;
  const gathered = await look(scene);
  expect([gathered.runningTasks.length, gathered.stoppedTasks.length]).toEqual([150, 51]);
  expect(account.callCount).toBeLessThan(40);
  expect(account.clock.milliseconds - began).toBeLessThan(5000);
  expect(account.mostAtOnce).toBeGreaterThan(4);
  expect(account.mostAtOnce).toBeLessThanOrEqual(12);
  expect(gathered.unseen).toEqual([]);
});

/** More of everything: five target groups, containers with repositories of their own, hundreds of tasks of every kind. */
function richest(): ServiceScene {
  const scene = largest();
  const { account, state, service, targetGroup } = scene;
  const numbers = [1, 2, 3, 4];
  state.targetGroups.push(
    ...numbers.map((n) => ({
      ...targetGroup!,
      TargetGroupArn: account.arn("elasticloadbalancing", `targetgroup/x${n}/73e2d6bc24d8a06${n}`),
    })),
  );
  service.loadBalancers = state.targetGroups.map(({ TargetGroupArn }) => ({
    targetGroupArn: TargetGroupArn,
    containerName: "api",
    containerPort: 3000,
  }));
  for (const capacityProvider of ["FARGATE", "FARGATE_SPOT"])
    (service.capacityProviderStrategy ??= []).push({ capacityProvider, weight: 1 });
  for (const n of numbers) state.repositories.push({ repositoryName: `side${n}`, images: [] });
  scene.registerTaskDefinition(({ containerDefinitions }) => {
    const [own] = containerDefinitions!;
    own!.secrets!.push({ name: "PARAMETER", valueFrom: account.arn("ssm", "parameter/dev/x") });
    for (const n of numbers)
      containerDefinitions!.push({
        ...structuredClone(own!),
        name: `side${n}`,
        image: `${account.accountId}.dkr.ecr.${account.region}.amazonaws.com/side${n}:1`,
      });
  });
  scene.deploy(300, (deployment) => {
    deployment.alarms = { status: "TRIGGERED", alarmNames: ["dev-api-5xx"], triggeredAlarmNames: ["dev-api-5xx"] };
  });
  scene.run(1200, 60);
  for (let index = 0; index < 250; index++) {
    const containers = [
      { exitCode: index, log: ["boom"] },
      { name: "side1", exitCode: 1 },
    ];
    scene.stop({ stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited", containers });
  }
  scene.stop({ stopCode: "TaskFailedToStart", stoppedReason: "Timeout waiting for network interface provisioning to complete." });
  return scene;
}

it("whichever service takes 50 calls at most", async () => {
  const scene = richest();
  const { targetHealth, runningTasks, stoppedTasks, quotas } = await look(scene);
  expect([targetHealth.size, runningTasks.length, stoppedTasks.length, quotas.length]).toEqual([5, 200, 200, 3]);
  expect(scene.account.callCount).toBeLessThanOrEqual(50);
});

it("small pages are put together", async () => {
  const { runningTasks, stoppedTasks } = await look(largest({ maximumPageSize: 40 }));
  expect([runningTasks.length, stoppedTasks.length]).toEqual([150, 51]);
});

it("no value of a secret is ever asked for", async () => {
  const scene = largest();
  const gathered = await look(scene);
  expect(Object.keys(scene.account.calls)).not.toContain("secretsmanager:GetSecretValue");
  expect(Object.keys(scene.account.calls)).not.toContain("ssm:GetParameters");
  expect(JSON.stringify([...gathered.secrets])).not.toContain("hunter2");
});

it("what is denied is left out, with the action and AWS's words", async () => {
  const scene = largest();
  scene.account.deny([
    "ecs:DescribeTasks",
    "ec2:*",
    "logs:GetLogEvents",
    "elasticloadbalancing:DescribeTargetHealth",
    "cloudwatch:DescribeAlarms",
  ]);
  const gathered = await look(scene);
  expect(gathered.unseen.map(({ action, reason }) => `${action} ${reason}`)).toEqual([
    "cloudwatch:DescribeAlarms denied",
    "ec2:DescribeSecurityGroups denied",
    "ec2:DescribeSubnets denied",
    "ecs:DescribeTasks denied",
    "elasticloadbalancing:DescribeTargetHealth denied",
    "logs:GetLogEvents denied",
  ]);
  expect(gathered.unseen[3]!.words).toMatch(/^AccessDeniedException: User: \S+ is not authorized to perform: ecs:DescribeTasks/);
  expect(gathered.service?.state).toBe("seen");
});

it("what is throttled for good is told as that", async () => {
  const scene = fargateWeb();
  scene.account.throttle("elasticloadbalancing:DescribeTargetHealth");
  const clients = diagnosisClients(() => ({ ...scene.account.clientConfig(), maxAttempts: 1 }));
  const { unseen } = await gather({ clusterArn: scene.clusterArn, serviceName: "api" }, clients);
  expect(unseen).toMatchObject([{ action: "elasticloadbalancing:DescribeTargetHealth", reason: "throttled" }]);
});

it("a cluster and a service that are not there are absent", async () => {
  const { account, clusterArn } = fargateWeb();
  const clients = diagnosisClients(account.clientConfig);
  const other = await gather({ clusterArn, serviceName: "web" }, clients);
  expect([other.cluster?.state, other.service?.state]).toEqual(["seen", "absent"]);
  const elsewhere = await gather({ clusterArn: "prod", serviceName: "api" }, clients);
  expect([elsewhere.cluster?.state, elsewhere.service?.state]).toEqual(["absent", "absent"]);
});

it("repositories of two accounts that have one name are two", async () => {
  const scene = fargateWeb();
  const { account, repositoryName, clusterArn, serviceName } = scene;
  const other = `999999999999.dkr.ecr.${account.region}.amazonaws.com/${repositoryName}:1.0`;
  scene.registerTaskDefinition(({ containerDefinitions }) => {
    containerDefinitions!.push({ ...structuredClone(containerDefinitions![0]!), name: "sidecar", image: other });
  });
  scene.deploy(600);
  const { images, unseen } = await gather({ clusterArn, serviceName }, diagnosisClients(account.clientConfig));
  expect([images.get(scene.taskDefinition.containerDefinitions![0]!.image!)?.state, images.get(other)?.state]).toEqual(["seen", "unseen"]);
  expect(unseen).toMatchObject([{ action: "ecr:BatchGetImage", reason: "denied" }]);
});

it("the time is AWS's: this machine's clock may be wrong by hours", async () => {
  const { account, clusterArn, serviceName } = fargateWeb({ tellsTime: true });
  const { now } = await gather({ clusterArn, serviceName }, diagnosisClients(account.clientConfig));
  expect(Math.abs(now.getTime() - account.clock.milliseconds)).toBeLessThan(60_000);
});

it("a job has its tasks by family, and its schedule", async () => {
  const scene = scheduledJob();
  const gathered = await look(scene, "dev-report");
  expect(gathered).toMatchObject({ schedule: { state: "seen" }, stoppedTasks: [{ stopCode: "EssentialContainerExited" }] });
  expect([...gathered.taskDefinitions.keys()]).toHaveLength(1);
  expect(gathered.logs.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual(["report written"]);
});
