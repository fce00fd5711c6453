import type { History } from "@fairlead/operations";

import { OperatedRepository } from "../testing/operatedRepository";

let operated: OperatedRepository;
beforeAll(async () => void (operated = await new OperatedRepository().start()));
afterAll(() => operated.stop());

test("history is a table, with the commit's subject where this clone knows it and the reason of what failed", async () => {
  Object.assign(operated.account.state.serviceDeployments[0]!, { status: "ROLLBACK_SUCCESSFUL", statusReason: "circuit breaker" });
  const { stdout, status } = await operated.run("history", "api", "-s", "dev");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^WHEN +SERVICE +VERSION +COMMIT +OUTCOME +BY$/m);
  expect(stdout).toMatch(/^2026-06-01 10:58Z +api +1\.0\.0 +[0-9a-f]{7} +ROLLBACK_SUCCESSFUL +As it is\n {2}circuit breaker$/m);
});

test("--json is the same for programs", async () => {
  const { deployments } = JSON.parse((await operated.run("history", "-s", "dev", "--json")).stdout) as History;
  expect(deployments.map(({ service }) => service).sort()).toEqual(["api", "report-writer", "web"]);
});

test("mistakes are sentences", async () => {
  expect((await operated.run("history", "-s", "dev", "--last", "0")).stderr).toBe("--last 0: expected a whole number from 1.\n");
  expect((await operated.run("history", "-s", "dev", "accounts-migration")).stderr).toBe(
    "accounts-migration is a job, which runs and ends: there is no service of it.\n",
  );
});

test("what may not be seen is not said to be none", async () => {
  operated.account.deny(["ecs:ListServiceDeployments"]);
  const [status, stdout] = [1, "Not seen: deployments (needs ecs:ListServiceDeployments)\n"];
  expect(await operated.run("history", "-s", "dev")).toMatchObject({ status, stdout });
  operated.account.allow();
});

test("open prints addresses", async () => {
  const open = async (...args: string[]) => (await operated.run("open", "-s", "dev", ...args)).stdout;
  const host = "https://us-east-1.console.aws.amazon.com";
  expect(await open()).toBe(`${host}/ecs/v2/clusters/dev/services?region=us-east-1\n`);
  expect(await open("api", "--console")).toBe(`${host}/ecs/v2/clusters/dev/services/api/health?region=us-east-1\n`);
  expect((await operated.run("open", "-s", "dev", "report-writer")).stderr).toBe(
    "report-writer has no route: nobody reaches it from outside.\n",
  );
});
