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
  const said = await operated.run("logs", "apii", "-s", "dev");
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

test("a half-finished manifest counts as it was committed, and stops nobody who looks after what runs", async () => {
  operated.repository.edit("apps/web/service.yaml", (text) => `${text}\nmemoryMib: 512\n`);
  const { status, stdout, stderr } = await operated.run("status", "-s", "dev");
  const acted = await operated.run("restart", "api", "-s", "dev", "--yes");
  operated.repository.git("checkout", "-q", "apps/web/service.yaml");
  expect([status, stderr]).toEqual([
    0,
    expect.stringMatching(
      /^Manifests of dev have mistakes: apps\/web\/service\.yaml:\d+ \(FL1002\)\. Their services are as the last commit/,
    ),
  ]);
  expect(stdout).toMatch(/^api +✓ steady/m);
  expect(stdout).toMatch(/^web /m);
  expect(acted).toMatchObject({ status: 0, stderr: expect.stringContaining("ECS starts") });
});

test("what could not be seen ends with 1, and is not told as if it had been", async () => {
  operated.account.deny(["ecs:DescribeServices", "ecs:ListServiceDeployments"]);
  const blind = await operated.run("status", "-s", "dev");
  const past = await operated.run("history", "-s", "dev");
  operated.account.allow();
  operated.account.deny(["ecs:ListServiceDeployments"]);
  const half = await operated.run("status", "-s", "dev");
  operated.account.allow();
  expect([blind.status, past.status, half.status]).toEqual([1, 1, 0]);
  expect(half.stdout).toMatch(/^api .* \?$/m);
});

test("logs say of what there is nothing, and refuse a range that ends before it begins", async () => {
  expect(await operated.run("logs", "api", "-s", "dev", "--grep", "/b[o")).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^--grep \/b\[o is taken for a text: .*\nNothing of api since [^ ]* with "\/b\[o"\.\n$/),
  });
  expect(await operated.run("logs", "api", "-s", "dev", "--since", "5m", "--until", "10m")).toMatchObject({
    status: 1,
    stderr: "--until 10m is before --since 5m: nothing is between.\n",
  });
});

test("a stack of which nothing is there says in which account that is", async () => {
  const { services } = operated.account.state;
  const there = services.splice(0);
  const { stdout } = await operated.run("status", "-s", "dev");
  services.push(...there);
  expect(stdout).toContain("Nothing of dev is in account 123456789012, us-east-1. Is that where it is?");
});
