import { diagnose, diagnosisClients, type DiagnosedCause } from "../src";
import { addEndpoints, withoutNat } from "../testing/scenes/network";
import { fargateWeb, worker } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

async function causesOf({ account, clusterArn, serviceName }: ServiceScene): Promise<DiagnosedCause[]> {
  const clients = diagnosisClients(account.clientConfig);
  return (await diagnose({ clusterArn, serviceName, clients, now: account.clock.in(0) })).causes;
}

const certaintyOf = async (scene: ServiceScene) => (await causesOf(scene)).map(({ cause, certainty }) => `${certainty} ${cause}`);

/** A rollout whose tasks' own container ended like this. */
function ended(exitCode: number, log: readonly string[] = []): ServiceScene {
  const scene = worker();
  scene.registerTaskDefinition();
  scene.deploy();
  const exited = { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited" } as const;
  scene.stop({ ...exited, containers: [{ exitCode, log }] });
  return scene;
}

const refused = "Error: connect ECONNREFUSED 10.0.3.4:5432";

test("a container's last words are its own word for why it ended", async () => {
  expect(await certaintyOf(ended(1, ["starting", refused]))).toEqual(["sure dependency-unreachable"]);
});

test("an older line is not: the last one tells of something else", async () => {
  expect(await certaintyOf(ended(1, [refused, "trying again", "Error: TAX_RATE is not set"]))).toEqual(["perhaps dependency-unreachable"]);
});

test("who ends with exit code 0 does not say that it failed", async () => {
  expect(await certaintyOf(ended(0, ["starting", refused]))).toEqual(["perhaps dependency-unreachable"]);
  expect(await certaintyOf(ended(0, [refused, "trying again", "report written"]))).toEqual(["sure exits-as-done"]);
});

test("who was told to end does not say so either", async () => {
  expect(await certaintyOf(ended(143, ["starting", refused]))).toEqual(["perhaps dependency-unreachable"]);
});

test("an exit code alone tells what usually is behind it", async () => {
  expect(await certaintyOf(ended(127, ["starting"]))).toEqual(["perhaps program-missing"]);
});

test("who is stopped by a health check says what it can't do, not that it is unhealthy for that", async () => {
  const scene = fargateWeb();
  scene.registerTaskDefinition();
  scene.deploy();
  scene.stop({
    ...{ stopCode: "ServiceSchedulerInitiated", ranSeconds: 400 },
    stoppedReason: `Task failed ELB health checks in (target-group ${scene.targetGroup!.TargetGroupArn})`,
    containers: [{ exitCode: 143, log: ["listening on 0.0.0.0:3000", refused, refused] }],
  });
  expect(await certaintyOf(scene)).toContain("perhaps dependency-unreachable");
});

describe("no answer from ECR", () => {
  const timesOut = (change: (scene: ServiceScene) => void) => {
    const scene = fargateWeb();
    change(scene);
    scene.registerTaskDefinition();
    scene.deploy();
    const stoppedReason = "CannotPullContainerError: failed to resolve ref: dial tcp 3.17.137.97:443: i/o timeout";
    scene.stop({ stopCode: "TaskFailedToStart", stoppedReason }, 3);
    return scene;
  };

  test("the subnets' routes show why", async () => {
    const [found] = await causesOf(timesOut(({ account }) => withoutNat(account)));
    expect(found).toMatchObject({
      cause: "ecr-unreachable",
      certainty: "sure",
      problem: expect.stringMatching(/no route to a NAT gateway/),
    });
  });

  test("routes and endpoints look right: perhaps, and nobody is told to make a NAT gateway", async () => {
    const [found] = await causesOf(timesOut(() => undefined));
    expect(found).toMatchObject({
      ...{ cause: "ecr-unreachable", certainty: "perhaps" },
      problem: "the task got no answer from ECR; its routes, endpoints and security groups would let it through",
    });
    expect(found!.fix).not.toMatch(/NAT/);
  });

  test("routes could not be read: perhaps, and what to let it see", async () => {
    const [found] = await causesOf(timesOut(({ account }) => account.deny(["ec2:*"])));
    expect(found).toMatchObject({
      ...{ cause: "ecr-unreachable", certainty: "perhaps" },
      problem: "the task got no answer from ECR; its routes and endpoints could not be seen",
      fix: expect.stringContaining("ec2:DescribeRouteTables"),
    });
  });

  test("of several security groups one is enough to let it out", async () => {
    const scene = timesOut(({ service, state }) => {
      state.securityGroups.push({ GroupId: "sg-0shut", IpPermissions: [], IpPermissionsEgress: [] });
      service.networkConfiguration!.awsvpcConfiguration!.securityGroups!.unshift("sg-0shut");
    });
    expect((await causesOf(scene))[0]!.problem).not.toContain("lets no HTTPS");
  });

  test("an endpoint without its private name stands in nobody's way", async () => {
    const scene = timesOut(({ account, state }) => {
      addEndpoints(account, ["ecr.api"]);
      const endpoint = state.vpcEndpoints.find(({ ServiceName }) => ServiceName!.endsWith(".ecr.api"))!;
      endpoint.PrivateDnsEnabled = false;
      const group = state.securityGroups.find(({ GroupId }) => GroupId === endpoint.Groups![0]!.GroupId)!;
      group.IpPermissions = [];
    });
    expect((await causesOf(scene))[0]!.problem).not.toContain("does not admit");
  });
});

describe("memory", () => {
  const using = (percent: number, scene: ServiceScene) => {
    const Dimensions = { ClusterName: "dev", ServiceName: scene.serviceName };
    const points = [{ Timestamp: scene.account.clock.ago(300), Value: percent }];
    scene.state.metrics.push({ Namespace: "AWS/ECS", MetricName: "MemoryUtilization", Dimensions, points });
    return scene;
  };

  test("exit code 137 is not out of memory, however much other tasks of the service used", async () => {
    const [found] = await causesOf(using(97, ended(137)));
    expect(found).toMatchObject({ cause: "out-of-memory-task", certainty: "perhaps", changes: [{ path: ["memoryMiB"], value: 1024 }] });
    expect(found!.problem).toContain("97 %");
  });

  test("exit code 137 alone is no reason to give it more", async () => {
    expect((await causesOf(ended(137)))[0]).toMatchObject({ cause: "out-of-memory-task", certainty: "perhaps", changes: [] });
  });

  test("a program that was refused memory was not killed for it", async () => {
    const [found] = await causesOf(ended(1, ["MemoryError"]));
    expect(found).toMatchObject({ cause: "out-of-memory-task", certainty: "perhaps", problem: expect.not.stringContaining("killed") });
  });

  test("what else a runtime's variable says stays", async () => {
    const scene = ended(134, ["FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory"]);
    scene.container.environment = [{ name: "NODE_OPTIONS", value: "--max-old-space-size=128 --enable-source-maps" }];
    expect((await causesOf(scene))[0]!.changes).toEqual([
      { path: ["environment", "NODE_OPTIONS"], value: "--enable-source-maps --max-old-space-size=384" },
    ]);
  });
});
