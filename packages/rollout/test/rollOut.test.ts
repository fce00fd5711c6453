import { AskingRefused, type ServiceDeployment } from "../src";
import { awsError, follow } from "./following";
import { ScriptedEcs } from "./scriptedEcs";

const primary = (taskDefinition: string, rolloutState: "COMPLETED" | "IN_PROGRESS" | "FAILED") => ({
  taskDefinition,
  deployments: [{ status: "PRIMARY", taskDefinition, rolloutState }],
});

test("what came out serves, and nobody was asked for anything", async () => {
  const script = new ScriptedEcs();
  script.deploy("api:1", "SUCCESSFUL");
  const deployment = script.deploy("api:2", "IN_PROGRESS");
  let readings = 0;
  script.onDescribe = () => void (deployment.status = ++readings > 3 ? "SUCCESSFUL" : "IN_PROGRESS");
  const { end, seen } = await follow(script);
  expect(end).toEqual({ outcome: "serves", deployment });
  expect(seen).toEqual(["IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS", "SUCCESSFUL"].slice(-seen.length));
  expect(script.updates).toEqual([]);
});

test("what ECS takes back while it is followed is given up, once ECS has gone back", async () => {
  const script = new ScriptedEcs();
  const deployment = script.deploy("api:2", "IN_PROGRESS");
  const statuses = ["IN_PROGRESS", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL"] as const;
  let reading = 0;
  script.onDescribe = () => void (deployment.status = statuses[Math.min(reading++, 3)]);
  const { end } = await follow(script);
  expect(end).toEqual({ outcome: "givenUp", deployment: expect.objectContaining({ status: "ROLLBACK_SUCCESSFUL" }) });
  expect(script.updates).toEqual([]);
});

describe("what was given up before", () => {
  const gaveUp = ["ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED", "STOPPED"] as const;
  test.each(gaveUp)("%s: is asked for once more, and comes out", async (status) => {
    const script = new ScriptedEcs();
    script.deploy("api:1", "SUCCESSFUL");
    script.deploy("api:2", status);
    script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "SUCCESSFUL");
    const { end } = await follow(script);
    expect(end.outcome).toBe("serves");
    expect(script.updates).toEqual([expect.objectContaining({ service: "api", taskDefinition: "api:2", forceNewDeployment: true })]);
  });

  test("fails again, if ECS gives it up again", async () => {
    const script = new ScriptedEcs();
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "ROLLBACK_SUCCESSFUL");
    const { end } = await follow(script);
    expect(end).toMatchObject({ outcome: "givenUp", deployment: { serviceDeploymentArn: "arn:deployment/2" } });
  });

  test("with the settings that the program has, for ECS took its own back", async () => {
    const script = new ScriptedEcs();
    script.service = primary("api:1", "COMPLETED");
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "SUCCESSFUL");
    const revision = { capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }], platformVersion: "1.4.0" };
    await follow(script, { revision });
    expect(script.updates).toEqual([expect.objectContaining(revision)]);
  });

  test("though ECS has deployed what serves with another setting since: that is another task definition", async () => {
    const script = new ScriptedEcs();
    script.service = primary("api:1", "COMPLETED");
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.deploy("api:1", "SUCCESSFUL");
    script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "ROLLBACK_SUCCESSFUL");
    expect((await follow(script)).end).toMatchObject({ outcome: "givenUp", deployment: { serviceDeploymentArn: "arn:deployment/3" } });
  });

  test("where ECS refuses it says so", async () => {
    const script = new ScriptedEcs();
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.refusals.UpdateService = awsError("InvalidParameterException", "client");
    await expect(follow(script)).rejects.toThrow(AskingRefused);
  });

  test.each([
    awsError("ThrottlingException", "client"),
    awsError("ExpiredTokenException", "client"),
    awsError("ServerException", "server"),
  ])("where AWS is busy or the session over ECS refused nothing: $name", async (error) => {
    const script = new ScriptedEcs();
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.refusals.UpdateService = error;
    await expect(follow(script)).rejects.toBe(error);
  });

  test("without what the program took away since, for ECS keeps what is not mentioned", async () => {
    const script = new ScriptedEcs();
    const [deployment] = primary("api:1", "COMPLETED").deployments;
    script.service = {
      taskDefinition: "api:1",
      platformVersion: "1.4.0",
      loadBalancers: [{ targetGroupArn: "tg", containerName: "api", containerPort: 80 }],
      serviceRegistries: [{ registryArn: "r" }],
      deployments: [{ ...deployment, serviceConnectConfiguration: { enabled: true } }],
    };
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "SUCCESSFUL");
    await follow(script, { revision: {} });
    const empty = { loadBalancers: [], serviceRegistries: [], serviceConnectConfiguration: { enabled: false }, platformVersion: "LATEST" };
    expect(script.updates).toEqual([expect.objectContaining(empty)]);
  });

  test("with what it has, where nobody says what it is to have", async () => {
    const script = new ScriptedEcs();
    script.service = { ...primary("api:1", "COMPLETED"), loadBalancers: [{ targetGroupArn: "tg" }], platformVersion: "1.4.0" };
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "SUCCESSFUL");
    await follow(script);
    const [asked] = script.updates as Record<string, unknown>[];
    expect([asked!.loadBalancers, asked!.platformVersion]).toEqual([undefined, undefined]);
  });

  test("and a long way back is no part of the time that it then has", async () => {
    const script = new ScriptedEcs();
    const failed = script.deploy("api:2", "ROLLBACK_IN_PROGRESS");
    let next: ServiceDeployment | undefined;
    let readings = 0;
    script.onUpdate = (taskDefinition) => (next = script.deploy(taskDefinition, "IN_PROGRESS"));
    script.onDescribe = () => {
      readings++;
      if (readings === 290) failed.status = "ROLLBACK_SUCCESSFUL";
      if (readings === 400) next!.status = "SUCCESSFUL";
    };
    const { end, minutes } = await follow(script);
    expect(end.outcome).toBe("serves");
    expect(minutes).toBeGreaterThan(30);
  });

  test("and is being taken back still is asked for when that is over, not before", async () => {
    const script = new ScriptedEcs();
    const failed = script.deploy("api:2", "ROLLBACK_IN_PROGRESS");
    let reading = 0;
    script.onDescribe = () => void (failed.status = ++reading > 3 ? "ROLLBACK_SUCCESSFUL" : "ROLLBACK_IN_PROGRESS");
    const statusWhenAsked: unknown[] = [];
    script.onUpdate = (taskDefinition) => {
      statusWhenAsked.push(failed.status);
      script.deploy(taskDefinition, "SUCCESSFUL");
    };
    expect((await follow(script)).end.outcome).toBe("serves");
    expect(statusWhenAsked).toEqual(["ROLLBACK_SUCCESSFUL"]);
  });
});

test("what somebody else deployed since is not taken for what was asked for", async () => {
  const script = new ScriptedEcs();
  script.deploy("api:2", "SUCCESSFUL");
  script.deploy("api:9", "SUCCESSFUL");
  script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "SUCCESSFUL");
  expect((await follow(script)).end).toMatchObject({ outcome: "serves", deployment: { serviceDeploymentArn: "arn:deployment/3" } });
});

test("a deployment that is listed late is waited for: the one before it is no answer", async () => {
  const script = new ScriptedEcs();
  script.deploy("api:2", "SUCCESSFUL");
  script.service = primary("api:2", "IN_PROGRESS");
  let readings = 0;
  script.onDescribe = () => {
    if (++readings !== 3) return;
    script.deploy("api:2", "ROLLBACK_SUCCESSFUL");
    script.service = primary("api:1", "COMPLETED");
  };
  script.onUpdate = (taskDefinition) => script.deploy(taskDefinition, "ROLLBACK_SUCCESSFUL");
  expect((await follow(script)).end.outcome).toBe("givenUp");
});

test("a service whose deployment is older than ECS remembers serves, and is not deployed anew", async () => {
  const script = new ScriptedEcs();
  script.service = primary("api:2", "COMPLETED");
  expect((await follow(script)).end).toEqual({ outcome: "serves" });
  expect(script.updates).toEqual([]);
});

test("a circuit breaker that trips with nothing to go back to ends it, long before its time", async () => {
  const script = new ScriptedEcs();
  script.deploy("api:2", "IN_PROGRESS", { deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 } });
  script.onUpdate = (taskDefinition) =>
    void script.deploy(taskDefinition, "IN_PROGRESS", { deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 } });
  const { end, minutes } = await follow(script);
  expect(end.outcome).toBe("givenUp");
  expect(minutes).toBeLessThan(5);
});

test("what is being taken back when the time is over does not come out", async () => {
  const script = new ScriptedEcs();
  script.deploy("api:2", "IN_PROGRESS");
  let readings = 0;
  script.onDescribe = () => void (script.deployments[0]!.status = ++readings > 5 ? "ROLLBACK_IN_PROGRESS" : "IN_PROGRESS");
  expect((await follow(script)).end).toMatchObject({ outcome: "givenUp", deployment: { status: "ROLLBACK_IN_PROGRESS" } });
});

test("what takes longer than it may goes on, and ECS is told nothing", async () => {
  const script = new ScriptedEcs();
  script.deploy("api:2", "IN_PROGRESS");
  const { end, minutes } = await follow(script);
  expect(end.outcome).toBe("goesOn");
  expect(minutes).toBeCloseTo(30, 0);
  expect(script.updates).toEqual([]);
});
