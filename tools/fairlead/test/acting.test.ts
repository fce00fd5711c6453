import { comparePlans, serviceChanges } from "@fairlead/changes";
import { planOfStack, readProject } from "@fairlead/plan";

import { OperatedRepository } from "../testing/operatedRepository";

let operated: OperatedRepository;
beforeEach(async () => void (operated = await new OperatedRepository().start()));
afterEach(() => operated.stop());
const actions = () => operated.account.state.changes.map(({ action }) => action);

test("what changes something says so and asks; without a terminal and --yes nothing happens", async () => {
  const { status, stderr } = await operated.run("restart", "api", "-s", "dev");
  expect([status, stderr]).toEqual([
    1,
    "dev, account 123456789012, us-east-1:\n  api: 1 new task of dev-api:7 takes the place of the one that runs (ROLLING).\n" +
      "Nothing was changed: this is no terminal to ask on. Give --yes.\n",
  ]);
  expect(actions()).toEqual([]);
});

test("with --yes it is done, and what was done is said", async () => {
  expect(await operated.run("restart", "api", "-s", "dev", "--yes")).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/ECS starts the tasks of api anew\.\n$/),
  });
  expect(await operated.run("stop", "-s", "dev", "--yes")).toMatchObject({ status: 0 });
  expect((await operated.run("stop", "-s", "dev", "--yes")).stderr).toBe("No service has tasks.\n");
  expect(await operated.run("start", "web", "-s", "dev", "--yes")).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/web: 0 → 1 task/),
  });
  expect(operated.account.state.services.map(({ serviceName, desiredCount }) => [serviceName, desiredCount])).toEqual([
    ["api", 0],
    ["report-writer", 0],
    ["web", 1],
  ]);
});

test("what AWS refuses is a sentence with the permission that it takes", async () => {
  operated.account.deny(["ecs:UpdateService"]);
  const { status, stderr } = await operated.run("restart", "api", "-s", "dev", "--yes");
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^These credentials lack ecs:UpdateService: User: arn:aws:sts::/m)]);
  expect(await operated.run("continue", "api", "-s", "dev", "--yes")).toMatchObject({
    status: 1,
    stderr: "No deployment of api is under way.\n",
  });
});

test("a rollback pins the image in the stack's configuration: status and diff show it, until it is released", async () => {
  const { state } = operated.account;
  const [tag, imageDigest] = ["0.9.0-bbbbbbbbbbbb-arm64", `sha256:${"1".repeat(64)}`];
  state.repositories
    .find(({ repositoryName }) => repositoryName.endsWith("/api"))!
    .images.push({ imageDigest, imageTags: [tag], manifest: "", mediaType: "" });
  const plan = () => planOfStack(readProject("dev", [], operated.repository.folder), "dev");
  const before = await plan();
  const rollback = (...args: string[]) => operated.run("rollback", "api", "-s", "dev", "--yes", ...args);
  expect(await rollback("--to", "0.9.0-bbbbbbbbbbbb", "--pin-only")).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/Commit stacks\/Pulumi\.dev\.yaml\./),
  });
  expect((await operated.run("status", "-s", "dev")).stdout).toMatch(
    /pinned by a rollback: 0\.9\.0-bbbbbbbbbbbb-arm64; `fairlead rollback api --release -s dev` ends that$/m,
  );
  expect((await operated.run("preview", "dev")).stdout).toMatch(/^api is pinned by a rollback: 0\.9\.0-bbbbbbbbbbbb-arm64$/m);
  const [change] = serviceChanges(comparePlans(before, await plan()));
  expect(change).toMatchObject({ service: "api", lines: expect.arrayContaining(["+ image pinned by a rollback"]) });
  expect(change!.lines[0]).toMatch(/^image 1\.0\.0-.* → 0\.9\.0-bbbbbbb/);
  expect(await rollback("--release")).toMatchObject({ status: 0 });
  expect(await rollback("--release")).toMatchObject({ status: 0, stderr: "api is not pinned.\n" });
  expect(operated.repository.git("status", "--porcelain")).toBe("");
});
