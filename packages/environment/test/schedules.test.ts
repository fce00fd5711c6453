import { compositionFile, named, planOf, ProjectFolder, service } from "./harness";

test("a scheduled job has its timeout and its retries from the manifest", async () => {
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("report", "kind: scheduled-job", "schedule: rate(1 day)", "timeoutMinutes: 5", "retryAttempts: 2"),
  });
  const plan = await planOf(project);
  project.remove();
  expect(JSON.parse(named(plan, "aws:sfn/stateMachine:StateMachine", "report").inputs.definition as string)).toMatchObject({
    TimeoutSeconds: 300,
    States: { Run: { Retry: [{ MaxAttempts: 2 }] } },
  });
});

test("a scheduled job starts on time, or keeps its schedule without starting anything", async () => {
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("report", "kind: scheduled-job", "schedule: rate(1 day)"),
    ...service("paused", "kind: scheduled-job", "schedule: rate(1 day)", "state: DISABLED"),
  });
  const plan = await planOf(project);
  project.remove();
  const stateOf = (name: string) => named(plan, "aws:scheduler/schedule:Schedule", name).inputs.state;
  expect([stateOf("report"), stateOf("paused")]).toEqual(["ENABLED", "DISABLED"]);
});
