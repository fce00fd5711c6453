import type { ServiceDeployment } from "@aws-sdk/client-ecs";

import { diagnose, diagnosisClients, markdownOf, textOf, type Diagnosis } from "../src";
import { fargateWeb, scheduledJob } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

function look({ account, clusterArn, serviceName, service, taskDefinition }: ServiceScene): Promise<Diagnosis> {
  const subject = service ? { serviceName } : { family: taskDefinition.family!, scheduleName: `dev-${serviceName}` };
  return diagnose({ clusterArn, ...subject, clients: diagnosisClients(account.clientConfig), now: account.clock.in(0) });
}

test.each([
  ["ecs:ListTasks", "tasks"],
  ["ecs:DescribeTasks", "tasks"],
  ["ecs:ListServiceDeployments", "deployments"],
  ["ecs:DescribeServiceDeployments", "deployments"],
])("without %s nobody says that nothing is wrong", async (action, what) => {
  const scene = fargateWeb();
  scene.account.deny([action]);
  const diagnosis = await look(scene);
  expect(diagnosis).toMatchObject({ outcome: "unseen", causes: [], service: { desired: 2, running: 2 } });
  const reason = `its ${what} (${action}: AccessDeniedException: `;
  expect(diagnosis.reason).toContain(reason);
  expect(textOf(diagnosis)).toContain(`api could not be looked at: ${reason}`);
  expect(textOf(diagnosis)).toContain(`Not seen, for lack of permission: ${action}.`);
  expect(markdownOf(diagnosis)).toContain("### `api`: could not be looked at");
});

test("a job whose tasks may not be seen could not be looked at", async () => {
  const scene = scheduledJob();
  scene.account.deny(["ecs:DescribeTasks"]);
  expect((await look(scene)).outcome).toBe("unseen");
});

test("what is no essential may be unseen", async () => {
  const scene = fargateWeb();
  scene.account.deny(["ec2:*", "logs:*", "elasticloadbalancing:*"]);
  expect(await look(scene)).toMatchObject({ outcome: "nothing", reason: null });
});

test("a cause that was found stays one, whatever else was not seen", async () => {
  const scene = fargateWeb();
  scene.registerTaskDefinition();
  scene.deploy();
  scene.rollBack();
  scene.account.deny(["ecs:ListTasks"]);
  expect(await look(scene)).toMatchObject({ outcome: "wrong", reason: null, causes: [{ cause: "circuit-breaker" }] });
});

test.each([
  ["INACTIVE", "it was deleted"],
  ["DRAINING", "it is being deleted, and starts no task"],
])("a service that is %s is said to be", async (status, what) => {
  const scene = fargateWeb();
  Object.assign(scene.service, { status, desiredCount: 0, runningCount: 0 });
  scene.state.tasks = [];
  const { causes } = await look(scene);
  expect(causes).toMatchObject([{ cause: "service-deleted", certainty: "sure", problem: `the service is ${status}: ${what}` }]);
});

/** A deployment that was given up without the circuit breaker. */
function taken(more: Partial<ServiceDeployment>): ServiceScene {
  const scene = fargateWeb();
  scene.registerTaskDefinition();
  scene.deploy(600);
  scene.rollBack("");
  const deploymentCircuitBreaker = { status: "MONITORING_COMPLETE" as const, failureCount: 0, threshold: 3 };
  Object.assign(scene.deployment, { statusReason: undefined, rollback: undefined, deploymentCircuitBreaker, ...more });
  return scene;
}

test.each([
  ["ROLLBACK_FAILED", "ECS could not take the deployment back, and does not say why"],
  ["ROLLBACK_SUCCESSFUL", "the deployment was taken back, and ECS does not say why"],
] as const)("%s without a reason is not nothing, and nobody is sure", async (status, problem) => {
  const { outcome, causes } = await look(taken({ status }));
  expect({ outcome, causes }).toMatchObject({ outcome: "wrong", causes: [{ cause: "deployment-failed", certainty: "perhaps", problem }] });
});

test.each([
  ["STOPPED", {}, "and what ran before serves"],
  ["ROLLBACK_SUCCESSFUL", { stoppedAt: new Date(0) }, "and what ran before serves"],
  ["ROLLBACK_SUCCESSFUL", { statusReason: "Service deployment rollback initiated by user." }, "initiated by user"],
] as const)("what somebody stopped is no fault of ECS: %s %j", async (status, more, words) => {
  const { outcome, waits } = await look(taken({ status, ...more }));
  expect({ outcome, waits }).toMatchObject({ outcome: "nothing", waits: [{ wait: "deployment-stopped" }] });
  expect(waits[0]!.what).toContain(words);
});

test("what the circuit breaker stopped was stopped by nobody", async () => {
  const deploymentCircuitBreaker = { status: "TRIGGERED" as const, failureCount: 3, threshold: 3 };
  const { causes, waits } = await look(taken({ status: "STOPPED", stoppedAt: new Date(0), deploymentCircuitBreaker }));
  expect([causes[0]?.cause, waits]).toEqual(["circuit-breaker", []]);
});
