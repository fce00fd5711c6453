import { smokeCommand, unasked } from "../testing/smoke/smokeCommand";

const { aws, repository, smoke } = smokeCommand();

test("a day goes from up to nothing left, in this order; what an emulator can't tell is said so", async () => {
  const { status, stderr, outcomes, changes, left } = await smoke({});
  expect([status, stderr]).toEqual([0, expect.stringContaining("Passed. The report: ") as string]);
  expect(Object.entries(outcomes)).toEqual([
    ["up", "passed"],
    ["a second up", "passed"],
    ["an image for another platform", "passed"],
    ["an image without its program", "passed"],
    ["a crash is rolled back", "not judged here"],
    ["a canary", "not judged here"],
    ["rollback to the commit before", "passed"],
    ["a service is retired", "passed"],
    ["a database is restored", "not judged here"],
    ["destroy", "passed"],
    ["nothing left", "passed"],
  ]);
  const second = ["preview --refresh --expect-no-changes", "up --expect-no-changes"];
  expect(changes).toEqual(["up", ...second, "up", "up", "up", "up", "up", "destroy"]);
  expect(left).toEqual([]);
});

test("before anything is created it says account, region, services, price, tag, and that files are left alone", async () => {
  const { stderr } = await smoke({});
  for (const text of [
    "account    123456789012, of an emulator at 127.0.0.1:",
    "region     us-east-1",
    "services   api, report-writer",
    "fairlead:smoke=dev-",
    "a month; for the",
    "Your files are left as they are",
  ]) {
    expect(stderr).toContain(text);
  }
  expect(repository.git("status", "--porcelain")).toBe("");
});

test("after a failure it stops, shows the diagnosis, and destroys what was made", async () => {
  const { status, outcomes, changes, stderr, left } = await smoke({ fails: "up --expect-no-changes" });
  expect([status, changes.at(-1)]).toEqual([1, "destroy"]);
  expect(outcomes).toMatchObject({
    "a second up": "failed",
    "an image for another platform": "not run",
    destroy: "passed",
    "nothing left": "passed",
  });
  expect(stderr).toContain("error: it went wrong");
  expect(left).toHaveLength(1);
});

test("a version that is refused, and of which a new revision is there all the same, is a failure", async () => {
  const { status, outcomes, markdown } = await smoke({ slips: true });
  expect([status, outcomes["an image without its program"]]).toEqual([1, "failed"]);
  expect(markdown).toContain("It was refused, but something changed:");
  expect(markdown).toContain("task-definition/dev-api:0");
});

test("with --keep it destroys nothing, and says what that means", async () => {
  const { status, outcomes, changes, stderr } = await smoke({ args: [...unasked, "--keep"] });
  expect([status, outcomes.destroy, changes.includes("destroy")]).toEqual([0, "left out", false]);
  expect(stderr).toContain("goes on costing until `pulumi destroy -s dev`");
});

test("Ctrl-C ends Pulumi's command as Pulumi ends it, and then destroys", async () => {
  const { status, outcomes, changes, markdown } = await smoke({ hangs: "up --expect-no-changes" });
  expect([status, changes.at(-1)]).toEqual([1, "destroy"]);
  expect(outcomes).toMatchObject({ "a second up": "failed", "a service is retired": "not run", destroy: "passed" });
  expect(markdown).toContain("Interrupted by Ctrl-C.");
  expect(markdown).toContain("error: update canceled");
});

test("what is left by its tag is a failure, but for what is kept on purpose", async () => {
  const definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/dev-api:1";
  aws.tagged = [definition];
  expect(await smoke({})).toMatchObject({ status: 0, markdown: expect.stringContaining("task definition, which costs nothing") as string });
  aws.tagged = [definition, "arn:aws:sqs:us-east-1:123456789012:left"];
  expect(await smoke({})).toMatchObject({ status: 1, outcomes: { "nothing left": "failed" } });
});

test("the report has no secret, no login, and of the account its last digits", async () => {
  const { markdown, stdout } = await smoke({ fails: "up --expect-no-changes" });
  for (const text of [markdown, stdout]) {
    expect(text).toContain("it went wrong in account ********9012, with [secret] and //…@example.com");
    expect(text).not.toMatch(/123456789012|planted|password@/);
  }
  for (const text of ["# fairlead smoke: failed", "| pulumi | v3.0.0-fake |", "| a second up | failed |", "is not AWS"]) {
    expect(markdown).toContain(text);
  }
  expect((await smoke({ args: [...unasked, "--show-account"] })).markdown).toContain("| account | 123456789012 |");
});

test("a report that can't be written in the end is printed", async () => {
  const { status, stderr, left } = await smoke({ loses: true });
  expect({ status, left }).toEqual({ status: 0, left: [] });
  expect(stderr).toContain("| destroy | passed |");
  expect(stderr).toMatch(/Passed\. The report stands above: .*report\.md can't be written: there is no such folder\.\n/);
});
