import { jobsOf, workflows } from "../testing/workflows";

describe.each(workflows)("$file", ({ text, workflow }) => {
  test("allows nothing but what each job names, and no job may write contents", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toBeDefined();
      expect(job.permissions!.contents).toBe("read");
    }
  });

  test("pins every action by its commit, with the version beside it", () => {
    const actions = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(([, action]) => !action!.startsWith("./"));
    for (const [, action, comment] of actions) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(comment).toMatch(/# v\d+\.\d+\.\d+/);
    }
  });

  test("holds no key and asks for none", () =>
    expect(text).not.toMatch(/secrets\.|AWS_SECRET_ACCESS_KEY|aws-access-key-id|PULUMI_ACCESS_TOKEN/));
});

test("only the workflow that runs no code of a pull request may write to it", () => {
  const writing = workflows.filter(({ text }) => text.includes("pull-requests: write")).map(({ file }) => file);
  expect(writing).toEqual(["comment.yml"]);
  const text = workflows.find(({ file }) => file === "comment.yml")!.text;
  expect(text).not.toMatch(/head\.sha|head_ref|pull_request_target/);
  expect(workflows.some(({ text: any }) => any.includes("pull_request_target"))).toBe(false);
});

test("a pull request's images are built and run without credentials, for the platform of the first environment", () => {
  const { run } = jobsOf("preview.yml");
  expect([run!.permissions, run!.environment, run!.if]).toEqual([{ contents: "read" }, undefined, undefined]);
  const { env } = run!.steps!.find(({ name }) => name === "Build, inspect and run")!;
  expect(env!.DOCKER_DEFAULT_PLATFORM).toBe("linux/arm64");
});
