import type { EnvironmentStatus } from "@fairlead/operations";

import { OperatedRepository } from "../testing/operatedRepository";

let operated: OperatedRepository;
beforeAll(async () => void (operated = await new OperatedRepository().start({ web: { running: 0 } })));
afterAll(() => operated.stop());
const status = (...args: string[]) => operated.run("status", "-s", "dev", ...args);

test("status is a table of services, with what is wrong below each", async () => {
  operated.account.state.alarms.push({ AlarmName: "dev-web-cpu", StateValue: "ALARM" });
  const { stdout, stderr, status: code } = await status();
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^dev {2}us-east-1, account 123456789012, cluster dev$/m);
  expect(stdout).toMatch(/^SERVICE +STATE +TASKS +VERSION +COMMIT +LAST DEPLOYMENT$/m);
  expect(stdout).toMatch(/^api +✓ steady +1\/1 +1\.0\.0 +(dirty|[0-9a-f]{7}) +SUCCESSFUL \d+ \w+ ago$/m);
  expect(stdout).toMatch(/^web +✗ short of tasks +0\/1 /m);
});

test("--json is what was seen", async () => {
  const { stdout } = await status("--json", "api");
  const { services, stack } = JSON.parse(stdout) as EnvironmentStatus;
  expect([stack, services.map(({ name, state }) => [name, state])]).toEqual(["dev", [["api", "steady"]]]);
});

test("what may not be seen is a line with the permission that it takes", async () => {
  operated.account.deny(["ecr:DescribeImages"]);
  expect((await status()).stdout).toMatch(/^Not seen: tags of images \(needs ecr:DescribeImages\)$/m);
});

test("where the services themselves may not be seen, that is no success", async () => {
  operated.account.deny(["ecs:DescribeServices"]);
  const { status: code, stdout } = await status("--json");
  expect([code, (JSON.parse(stdout) as EnvironmentStatus).services.map(({ state }) => state)]).toEqual([
    1,
    ["unknown", "unknown", "unknown"],
  ]);
  operated.account.allow();
});

test("names from AWS don't steer the terminal", async () => {
  const { state, arn } = operated.account;
  state.services.push({ ...state.services[0]!, serviceName: "x", serviceArn: arn("ecs", "service/dev/evil\x1b[2J") });
  expect((await status()).stdout).toContain("not in the plan: evil\\x1b[2J");
});

test("mistakes are sentences: another stack, another service, a watch that nobody watches", async () => {
  expect(await operated.run("status", "-s", "nowhere")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^There is no stack "nowhere"/),
  });
  expect(await status("wep")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^There is no service "wep" in dev\. Did you mean "web"\? Services: api/),
  });
  expect(await status("--watch")).toMatchObject({ status: 1, stderr: expect.stringMatching(/^--watch needs a terminal/) });
  expect(await status("--interval", "x")).toMatchObject({ status: 1, stderr: expect.stringMatching(/^--interval x: expected a number/) });
});

test("another account than the stack's is refused before anything is asked of it", async () => {
  operated.repository.edit("stacks/Pulumi.dev.yaml", (text) =>
    text.replace("config:", 'config:\n  aws:allowedAccountIds: ["444455556666"]'),
  );
  const before = operated.account.callCount;
  expect(await status()).toMatchObject({ status: 1, stderr: expect.stringContaining("FL2410") });
  expect(operated.account.callCount - before).toBe(1);
});
