import { diagnose, diagnosisClients } from "../src";
import { fargateWeb } from "../testing/scenes/healthy";

/** A task that logs no word of being ready, and was stopped by the load balancer's check. */
async function causesOf(reason: string): Promise<string[]> {
  const scene = fargateWeb();
  scene.registerTaskDefinition();
  scene.deploy();
  const group = `(target-group ${scene.targetGroup!.TargetGroupArn})`;
  scene.stop({
    ...{ stopCode: "ServiceSchedulerInitiated", ranSeconds: 95, stoppedSecondsAgo: 60 },
    stoppedReason: `Task failed ELB health checks in ${group}`,
    containers: [{ exitCode: 143, log: ["asked", "asked"] }],
  });
  scene.event(`(port 3000) is unhealthy in ${group} due to (reason ${reason}).`, 61);
  const { account, clusterArn, serviceName } = scene;
  const { causes } = await diagnose({ clusterArn, serviceName, clients: diagnosisClients(account.clientConfig), now: account.clock.in(0) });
  return causes.map(({ cause }) => cause);
}

test("who lets the load balancer wait listens: it never answers, and had the time to start", async () => {
  expect(await causesOf("Request timed out")).toEqual(["target-health-timeout"]);
});

test("who refuses it may not have had the time to start", async () => {
  expect(await causesOf("Health checks failed")).toEqual(["grace-period"]);
});
