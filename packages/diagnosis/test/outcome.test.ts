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
