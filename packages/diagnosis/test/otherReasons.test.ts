import { diagnose, diagnosisClients, type Diagnosis } from "../src";
import { fargateWeb, worker } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

const look = ({ account, clusterArn, serviceName }: ServiceScene): Promise<Diagnosis> =>
  diagnose({ clusterArn, serviceName, clients: diagnosisClients(account.clientConfig), now: account.clock.in(0) });

/** Nothing runs, and each start ended with such words. */
async function endedWith(stoppedReason: string): Promise<Diagnosis> {
  const scene = worker();
  scene.registerTaskDefinition();
  scene.deploy(600);
  scene.service.runningCount = 0;
  scene.state.tasks = [];
  scene.stop({ stopCode: "TaskFailedToStart", stoppedReason }, 3);
  scene.countFailures(3);
  return look(scene);
}

test.each([
  ["RESOURCE:MEMORY", "no-capacity-ec2"],
  ["MemberOf placement constraint unsatisfied.", "placement-constraint"],
])("what ECS says of places is known in a task's end as well: %s", async (words, cause) => {
  expect((await endedWith(words)).causes[0]?.cause).toBe(cause);
});

test.each(["A moon is in the way", "DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s"])(
  "a start that ended in words that no rule knows is told in these: %s",
  async (words) => {
    const { outcome, causes } = await endedWith(words);
    expect(outcome).toBe("wrong");
    expect(causes[0]).toMatchObject({ cause: "start-failed", problem: `ECS could not start the task: ${words}` });
    expect(causes[0]!.evidence[0]!.saw).toBe(words);
  },
);

test("no secret of what it quotes is in it", async () => {
  const { causes } = await endedWith("A moon is in the way of --password=hunter2");
  expect(JSON.stringify(causes)).not.toContain("hunter2");
});

test("an event in words that no rule knows is told, where tasks are missing", async () => {
  const scene = fargateWeb();
  scene.deploy(1200);
  scene.service.runningCount = 0;
  scene.state.tasks = [];
  scene.event("was unable to place a task because your account is currently blocked.", 30);
  const { causes } = await look(scene);
  expect(causes[0]).toMatchObject({ cause: "task-not-placed", problem: expect.stringContaining("your account is currently blocked.") });
});
