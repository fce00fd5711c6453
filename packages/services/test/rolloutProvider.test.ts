import { DescribeServicesCommand } from "@aws-sdk/client-ecs";
import { AwsAccess } from "@fairlead/foundation/awsAccess";

import { patientEcs } from "../src/service/followRollout";
import type { RolloutProperties } from "../src/service/rollout";
import { provider } from "../src/service/rolloutProvider";
import { ScriptedAws, type Answers } from "./scriptedAws";

// Waiting is over at once.
jest.mock("node:timers/promises", () => ({ setTimeout: () => Promise.resolve() }));

const warnings: string[] = [];
jest.mock("@fairlead/foundation/engineLog", () => {
  const silent = () => Promise.resolve();
  return { engineLog: () => ({ status: silent, info: silent, warn: (message: string) => Promise.resolve(void warnings.push(message)) }) };
});

const diagnose = jest.fn();
jest.mock("@fairlead/diagnosis", () => ({
  diagnose: (args: { serviceName: string }) => diagnose(args) as unknown,
  diagnosisClients: () => ({}),
  textOf: (text: string) => text,
}));

const deploymentArn = "arn:aws:ecs:eu-west-1:123456789012:service-deployment/dev/api/1";
const revision = {
  serviceRevisionArn: "arn:aws:ecs:eu-west-1:123456789012:service-revision/dev/api/2",
  taskDefinition: "arn:task-definition/api:2",
};
const before = {
  serviceRevisionArn: "arn:aws:ecs:eu-west-1:123456789012:service-revision/dev/api/1",
  taskDefinition: "arn:task-definition/api:1",
};

let deployment: object;

/** AWS's answers, by operation. */
const answers: Answers = {
  DescribeServices: () => ({ services: [{ status: "ACTIVE", deployments: [] }] }),
  ListServiceDeployments: () => ({ serviceDeployments: [{ serviceDeploymentArn: deploymentArn }] }),
  DescribeServiceDeployments: () => ({ serviceDeployments: [{ ...deployment, serviceDeploymentArn: deploymentArn, createdAt: 1 }] }),
  DescribeServiceRevisions: ({ serviceRevisionArns }) => ({
    serviceRevisions: [revision, before].filter(({ serviceRevisionArn }) => (serviceRevisionArns as string[]).includes(serviceRevisionArn)),
  }),
  UpdateService: () => ({}),
  ListTasks: () => ({ taskArns: ["arn:task/dev/0123"] }),
  DescribeTasks: () => ({
    tasks: [
      {
        taskArn: "arn:task/dev/0123",
        taskDefinitionArn: revision.taskDefinition,
        stopCode: "EssentialContainerExited",
        stoppedReason: "Essential container in task exited",
        stoppedAt: 1,
        containers: [{ name: "api", exitCode: 1 }],
      },
    ],
  }),
};

const aws = new ScriptedAws(answers);
const access = new AwsAccess();
beforeAll(async () => {
  await aws.lead(provider);
  await access.configure({ config: aws.configuration });
});
afterAll(() => aws.close());
beforeEach(() => {
  diagnose.mockReset().mockResolvedValue("api: one cause found");
  aws.refused = [];
  aws.calls.length = 0;
});

const properties: RolloutProperties = {
  clusterArn: "arn:cluster/dev",
  serviceName: "api",
  taskDefinitionArn: revision.taskDefinition,
  settings: "1",
  waitingMinutes: 0,
  allowedMinutes: 20,
  resourceUrn: "urn",
};
const target = { targetServiceRevision: { arn: revision.serviceRevisionArn } };
const failed = {
  ...target,
  status: "ROLLBACK_SUCCESSFUL",
  statusReason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
  rollback: { serviceRevisionArn: before.serviceRevisionArn, reason: "tasks failed to start" },
};

/** Why it failed, and what the engine is to keep of it. */
const failure = async () =>
  (await provider.create(properties).catch((error: unknown) => error)) as Error & {
    id: string;
    properties: RolloutProperties;
    reasons: string[];
  };

test("what serves is kept as such, and is no change", async () => {
  deployment = { ...target, status: "SUCCESSFUL" };
  const { outs } = await provider.create(properties);
  expect(outs).toEqual({ ...properties, outcome: "serves" });
  expect(await provider.diff!("id", outs, properties)).toEqual({ changes: false });
  expect(aws.calls).not.toContain("UpdateService");
});

test("what came out asleep serves, with a word that no task of it ever ran", async () => {
  deployment = { targetServiceRevision: { ...target.targetServiceRevision, requestedTaskCount: 2 }, status: "SUCCESSFUL" };
  await provider.create(properties);
  expect(warnings).toEqual([]);
  deployment = { targetServiceRevision: { ...target.targetServiceRevision, requestedTaskCount: 0 }, status: "SUCCESSFUL" };
  expect((await provider.create(properties)).outs).toMatchObject({ outcome: "serves" });
  expect(warnings).toEqual([expect.stringMatching(/^api is asleep: ECS was asked for no task/)]);
});

test.each(["clusterArn", "serviceName", "taskDefinitionArn", "settings"])("another %s is a change", async (key) => {
  expect(await provider.diff!("id", { ...properties, outcome: "serves" }, { ...properties, [key]: "other" })).toEqual({ changes: true });
});

test("another time allowed is none", async () => {
  expect(await provider.diff!("id", { ...properties, outcome: "serves" }, { ...properties, allowedMinutes: 9 })).toEqual({
    changes: false,
  });
});

describe("what ECS has in front", () => {
  const { DescribeServices } = answers;
  afterEach(() => void (answers.DescribeServices = DescribeServices!));
  const changes = async (taskDefinition: string) => {
    answers.DescribeServices = () => ({ services: [{ status: "ACTIVE", deployments: [{ status: "PRIMARY", taskDefinition }] }] });
    return (await provider.diff!("id", { ...properties, outcome: "serves" }, properties)).changes;
  };

  test("is a change where it is another one: somebody went back by hand, and nothing else knows of it", async () => {
    expect([await changes(before.taskDefinition), await changes(revision.taskDefinition)]).toEqual([true, false]);
  });

  test("is none where it may not be seen, or nothing is there", async () => {
    aws.refused = ["DescribeServices"];
    expect(await changes(before.taskDefinition)).toBe(false);
    aws.refused = [];
    answers.DescribeServices = () => ({ services: [] });
    expect(await provider.diff!("id", { ...properties, outcome: "serves" }, properties)).toEqual({ changes: false });
  });
});

describe("what ECS took back", () => {
  /** Each time that ECS is asked it deploys once more, and takes that back when it is looked at twice. */
  beforeEach(() => {
    const readings = new Map([["deployment/1", 0]]);
    const read = (arn: string) => readings.set(arn, (readings.get(arn) ?? 0) + 1).get(arn)!;
    answers.UpdateService = () => (readings.set(`deployment/${readings.size + 1}`, 0), {});
    answers.ListServiceDeployments = () => ({
      serviceDeployments: [...readings.keys()].map((serviceDeploymentArn) => ({ serviceDeploymentArn })),
    });
    answers.DescribeServiceDeployments = ({ serviceDeploymentArns }) => ({
      serviceDeployments: (serviceDeploymentArns as string[]).map((serviceDeploymentArn) => ({
        ...(read(serviceDeploymentArn) > 1 ? failed : { ...target, status: "IN_PROGRESS" }),
        serviceDeploymentArn,
        createdAt: Number(serviceDeploymentArn.split("/")[1]),
      })),
    });
  });

  test("fails with ECS's reason, the first failed task, what the doctor finds, and what serves", async () => {
    const { message } = await failure();
    expect(message).toMatch(/^FL2204 rollout of api failed: Service deployment rolled back because the circuit breaker threshold/);
    expect(message).toContain("First task that failed: Essential container in task exited; api: exit code 1 (arn:task/dev/0123)");
    expect(message).toContain("api: one cause found");
    expect(diagnose).toHaveBeenCalledWith(expect.objectContaining({ clusterArn: "arn:cluster/dev", serviceName: "api" }));
    expect(message).toContain("api:1 serves as before");
    expect(aws.calls).not.toContain("UpdateService");
  });

  test("fails as well where the doctor can't look, and with no more than fits into an answer", async () => {
    diagnose.mockRejectedValue(new Error("no way to AWS"));
    expect((await failure()).message).toMatch(/^FL2204 [^]*What is behind it could not be looked for: no way to AWS/);
    diagnose.mockResolvedValue("x".repeat(100_000));
    expect((await failure()).message.length).toBeLessThan(8000);
  });

  test("without secrets of what ECS quotes, and in characters that can be sent to the engine", async () => {
    answers.DescribeTasks = () => ({
      tasks: [
        {
          ...{ taskArn: "arn:task/dev/0123", taskDefinitionArn: revision.taskDefinition, stopCode: "TaskFailedToStart", stoppedAt: 1 },
          stoppedReason: `exec: "serve --password=hunter2": no such file\u001b[2J ${"🔥".repeat(400)}`,
        },
      ],
    });
    const { statusReason } = failed;
    failed.statusReason = "postgres://app:hunter2@db/x refused\n::error::x";
    diagnose.mockResolvedValue(`\ud83d ${"x".repeat(5997)}🔥🔥`);
    const { message, reasons } = await failure();
    failed.statusReason = statusReason;
    expect(message).not.toMatch(/hunter2|\u001b|\n::/);
    expect(message).toContain("no such file");
    expect(() => encodeURI(message + reasons.join())).not.toThrow();
  });

  test("and is not asked for again, as ECS lists it, is told apart from one that goes on", async () => {
    await failure();
    aws.answers.UpdateService = () => ({});
    expect((await failure()).message).toMatch(
      /^FL2205 rollout of api was asked of ECS, which lists no deployment of it a minute later\.[^]*one cause found\nRun `up` again/,
    );
  });

  test("is kept by the engine as failed: whatever is asked for next is a change, what was there before it as well", async () => {
    const error = await failure();
    expect(error.id).toBe("arn:cluster/dev/api");
    expect(error.properties).toEqual({ ...properties, outcome: "failed" });
    expect(await provider.diff!("id", error.properties, properties)).toEqual({ changes: true });
  });
});

test("a service that is gone is told as that, and what comes first then", async () => {
  const { DescribeServices } = answers;
  answers.DescribeServices = () => ({ services: [] });
  answers.ListServiceDeployments = () => ({ __type: "ServiceNotFoundException", message: "Service not found." });
  const error = await failure();
  answers.DescribeServices = DescribeServices!;
  expect(error.message).toMatch(
    /^FL2208 rollout of api is over, for the service is gone: ServiceNotFoundException: Service not found\. Nothing goes on.*`pulumi refresh` first/,
  );
  expect(error.message).not.toContain("ECS goes on");
  expect(error.properties.outcome).toBe("failed");
});

test("a connection that hangs ends: the SDK itself would wait for ever", async () => {
  const client = await patientEcs(access);
  await client.send(new DescribeServicesCommand({ services: ["api"] }));
  const handler = client.config.requestHandler as { httpHandlerConfigs?: () => object };
  expect(handler.httpHandlerConfigs?.()).toMatchObject({ requestTimeout: 30_000, throwOnRequestTimeout: true });
});

test("without permission it says which, that ECS goes on, and is tried again", async () => {
  aws.refused = ["ListServiceDeployments"];
  const error = await failure();
  expect(error.message).toMatch(
    /^FL2206 rollout of api was followed no longer: AccessDeniedException: not authorized to perform: ecs:ListServiceDeployments\. ECS goes on/,
  );
  expect(error.properties.outcome).toBe("failed");
});
