import { OperatedRepository } from "../testing/operatedRepository";

let operated: OperatedRepository;
beforeAll(async () => void (operated = await new OperatedRepository().start()));
afterAll(() => operated.stop());

test("a permission that is missing is a sentence in every command, and no stack trace", async () => {
  operated.account.deny(["ecs:DescribeServices"]);
  const { status, stderr } = await operated.run("open", "api", "-s", "dev");
  operated.account.allow();
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^These credentials lack ecs:DescribeServices: User: [^\n]*\n$/)]);
});

test("a name that the plan doesn't have is told whether AWS answers or not", async () => {
  const { AWS_ENDPOINT_URL } = process.env;
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
  const said = await Promise.resolve(operated.run("logs", "apii", "-s", "dev"));
  const unanswered = await operated.run("logs", "api", "-s", "dev");
  process.env.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL;
  expect(said.stderr).toMatch(/^There is no service or job "apii" in dev\. Did you mean "api"\? Services: api, .*\. Jobs: /);
  expect(unanswered.stderr).toMatch(/^FL2802 .*fix: AWS_ENDPOINT_URL names http:\/\/127\.0\.0\.1:1 /);
});

test("who acts on all of a stack names it, and only one", async () => {
  expect(await operated.run("stop", "--yes")).toMatchObject({ status: 1, stderr: expect.stringContaining("-s, --stack <stack>") });
  expect(await operated.run("restart", "api", "-s", "dev", "-s", "prod", "--yes")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("One stack at a time: dev or prod."),
  });
  expect(operated.account.state.changes).toEqual([]);
});

test("a half-finished manifest leaves its service out, and stops nobody who looks after the others", async () => {
  operated.repository.edit("apps/web/service.yaml", (text) => `${text}\nmemoryMib: 512\n`);
  const { status, stdout, stderr } = await operated.run("status", "-s", "dev");
  const acted = await operated.run("restart", "api", "-s", "dev", "--yes");
  operated.repository.git("checkout", "-q", "apps/web/service.yaml");
  expect([status, stderr]).toEqual([
    0,
    expect.stringMatching(/^Services of dev are left out .*apps\/web\/service\.yaml:\d+ \(FL1002\).*`git worktree add/),
  ]);
  expect(stdout).toMatch(/^api +✓ steady/m);
  expect(stdout).not.toMatch(/^web /m);
  expect(acted).toMatchObject({ status: 0, stderr: expect.stringContaining("ECS starts") });
});
