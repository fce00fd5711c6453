import { LeftOut, StepFailure } from "../src/smoke/model";
import { PulumiFailure } from "../src/smoke/pulumiCli";
import { canarySteps } from "../src/smoke/steps/canary";
import { crashSteps } from "../src/smoke/steps/crash";
import { revision } from "../testing/smoke/fakeEcs";
import { SmokeSetting, stepOf, type Up } from "../testing/smoke/setting";

const setting = new SmokeSetting();
beforeAll(() => setting.open());
afterAll(() => setting.close());

const statusReason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";

describe("a crash", () => {
  const step = stepOf(crashSteps, "a crash is rolled back");
  const says = `error: waiting for ECS Service (arn:aws:ecs:us-east-1:123456789012:service/c/api) update: ${statusReason}`;
  const rolledBack: Up = { end: "ROLLBACK_SUCCESSFUL", statusReason, says };

  test("that ECS rolled back and `up` told passes, and the version before comes out again", async () => {
    const { run, asked } = setting.run([rolledBack]);
    const seen = await step.perform(run);
    expect(seen).toContain(`ECS runs ${revision(1)} again.`);
    expect(seen).toContain(`ROLLBACK_SUCCESSFUL: ${statusReason}`);
    expect(asked.map(({ command, manifest }) => [command, manifest.includes("exit 1")])).toEqual([
      ["up", true],
      ["up", false],
    ]);
  });

  test("that ECS gives no reason for is told by the provider's own words", async () => {
    const { run } = setting.run([{ end: "ROLLBACK_SUCCESSFUL", says: "error: waiting for ECS Service (api) update: Deployment failed" }]);
    expect(await step.perform(run)).toContain("ROLLBACK_SUCCESSFUL");
  });

  test.each<Up & { why: string; fails: string | RegExp }>([
    { why: "`up` ended well", end: "SUCCESSFUL", fails: "`up` ended well, though the tasks crash." },
    {
      why: "`up` failed before ECS was asked",
      says: "error: ThrottlingException: Rate exceeded",
      fails: /asked for no deployment[^]*ThrottlingException/,
    },
    {
      why: "the rollback failed",
      ...rolledBack,
      end: "ROLLBACK_FAILED",
      fails: /It was not rolled back\. ECS says of the deployment: ROLLBACK_FAILED/,
    },
    { why: "somebody stopped the deployment", ...rolledBack, end: "STOPPED", fails: /not rolled back.*STOPPED/ },
    { why: "it went on for ever", ...rolledBack, end: "never", fails: /still IN_PROGRESS, after 10 minutes/ },
    {
      why: "ECS went back to another revision",
      ...rolledBack,
      back: revision(9),
      fails: new RegExp(`ECS runs ${revision(9)}, and before it was ${revision(1)}`),
    },
    {
      why: "`up` said nothing of it",
      ...rolledBack,
      says: "error: context deadline exceeded",
      fails: /It was rolled back, and `up` didn't say so/,
    },
    {
      why: "`up` refused the image of something else",
      says: "error: FL2104 api: there is no /app/run in the image",
      fails: /asked for no deployment[^]*FL2104/,
    },
    {
      why: "`up` found the shell not executable",
      says: "error: FL2105 api: /bin/sh has mode 0644",
      fails: /asked for no deployment[^]*FL2105/,
    },
  ])("is a failure where $why", async ({ fails, ...up }) => {
    const { run, waited } = setting.run([up]);
    const failed = step.perform(run);
    await expect(failed).rejects.toBeInstanceOf(StepFailure);
    await expect(failed).rejects.toThrow(fails);
    expect(waited()).toBeLessThanOrEqual(600);
  });

  test("is left out where the image has no shell to crash by, and only there", async () => {
    const { run } = setting.run([{ says: "error: FL2104 api: there is no /bin/sh in the image" }]);
    await expect(step.perform(run)).rejects.toEqual(new LeftOut("The image of api has no /bin/sh to crash by."));
  });
});

describe("a canary", () => {
  const step = stepOf(canarySteps, "a canary");
  const deployed: Up = { end: "SUCCESSFUL", strategy: "CANARY" };

  test("that ECS calls so, and successful, passes", async () => {
    const { run, asked } = setting.run([deployed, deployed]);
    expect(await step.perform(run)).toBe("ECS says of the deployment: CANARY, SUCCESSFUL.");
    expect(
      asked.map(({ command, manifest }) => [command, /strategy: CANARY/.test(manifest), /FAIRLEAD_SMOKE: canary/.test(manifest)]),
    ).toEqual([
      ["up", true, false],
      ["up", true, true],
    ]);
  });

  test.each<{ why: string; ups: Up[]; fails: RegExp }>([
    { why: "it came out by another strategy", ups: [deployed, { end: "SUCCESSFUL" }], fails: /: ROLLING, SUCCESSFUL\./ },
    {
      why: "it was rolled back, though `up` ended well",
      ups: [deployed, { ...deployed, end: "ROLLBACK_SUCCESSFUL", statusReason }],
      fails: /CANARY, ROLLBACK_SUCCESSFUL: Service deployment rolled back/,
    },
    { why: "the new version began no deployment", ups: [deployed, {}], fails: /asked for no deployment of api/ },
    { why: "it went on for ever", ups: [deployed, { ...deployed, end: "never" }], fails: /still IN_PROGRESS/ },
  ])("is a failure where $why", async ({ ups, fails }) => {
    await expect(step.perform(setting.run(ups).run)).rejects.toThrow(fails);
  });

  test("that Pulumi refuses is a failure in Pulumi's words, and not left out", async () => {
    const refused = step.perform(setting.run([{ says: "error: apps/api/service.yaml:9:1 FL1024 too many rules" }]).run);
    await expect(refused).rejects.toBeInstanceOf(PulumiFailure);
    await expect(refused).rejects.toThrow(/FL1024 too many rules/);
  });

  test("is left out for what is known before: no load balancer, TCP, more routes than one rule has room for", () => {
    const leftOut = (changed: object) => step.leftOut!(setting.run([], { changed }).run);
    const path = "/api/*";
    expect(leftOut({})).toBeUndefined();
    expect(leftOut({ routesTo: [{ path, host: "a.test" }] })).toBeUndefined();
    expect(leftOut({ routesTo: [] })).toMatch(/No service of this stack is behind/);
    expect(leftOut({ tcp: { port: 5432 } })).toMatch(/Network Load Balancer/);
    for (const routesTo of [[{ path, host: "a.test" }, { path }], Array(6).fill({ path }), Array(5).fill({ path, host: "a.test" })])
      expect(leftOut({ routesTo })).toMatch(/more than one rule/);
  });
});
