import { DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";

import { diagnose, diagnosisClients } from "../src";
import { ec2Web, fargateWeb, job, scheduledJob, worker } from "../testing/scenes/healthy";
import examples from "./incidents/examples";

describe("scenes", () => {
  it.each([
    ["web on Fargate", fargateWeb, 2],
    ["web on EC2", ec2Web, 2],
    ["worker", worker, 1],
  ])("%s: as many tasks as are wanted, one deployment, COMPLETED", async (_, build, wanted) => {
    const { account, serviceName } = build();
    const command = new DescribeServicesCommand({ cluster: "dev", services: [serviceName] });
    const { services } = await new ECSClient(account.clientConfig()).send(command);
    expect(services![0]).toMatchObject({ desiredCount: wanted, runningCount: wanted, deployments: [{ rolloutState: "COMPLETED" }] });
  });

  it.each([job, scheduledJob])("a job has tasks, and no service", (build) => {
    const { state } = build();
    expect([state.services.length, state.tasks.length]).toEqual([0, 1]);
  });

  it("a rolled back deployment leaves the revision before in place", () => {
    const scene = examples[1]!.scene();
    expect(scene.service.taskDefinition).toMatch(/:1$/);
    expect(scene.deployment).toMatchObject({ status: "ROLLBACK_SUCCESSFUL", deploymentCircuitBreaker: { status: "TRIGGERED" } });
    expect(scene.state.tasks.filter(({ stopCode }) => stopCode)).toHaveLength(3);
  });

  it.each(examples.map((each) => [each.title, each] as const))("is told right: %s", async (_, each) => {
    const { account, clusterArn, serviceName } = each.scene();
    const clients = diagnosisClients(account.clientConfig);
    const { causes } = await diagnose({ clusterArn, serviceName, clients, now: account.clock.in(0) });
    expect("first" in each.expect ? each.expect.first : [undefined]).toContain(causes[0]?.cause);
  });
});
