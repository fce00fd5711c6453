import type { Plan } from "@fairlead/plan";

import { ScheduledJob, type ScheduledJobArgs } from "../src";
import { inputsOf, ofType, planOf, reasons, taskDefinition } from "./harness";

const schedule = "aws:scheduler/schedule:Schedule";
const machine = "aws:sfn/stateMachine:StateMachine";

/** What of a state machine's definition is asked here. */
interface Definition {
  TimeoutSeconds?: number;
  States: { Run: { Parameters: Record<string, unknown>; Retry?: object[] } };
}

/** What a role of the job may do. */
function statementsOf(plan: Plan, role: string): { Action: string | string[]; Resource: unknown }[] {
  const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === role);
  return (JSON.parse(policy!.inputs.policy as string) as { Statement: { Action: string; Resource: unknown }[] }).Statement;
}

describe("a scheduled job with a timeout or retries", () => {
  const scheduled = (args: Partial<ScheduledJobArgs>) =>
    planOf((env) => new ScheduledJob("report", { ...env, taskDefinition: taskDefinition(env), schedule: "cron(0 3 * * ? *)", ...args }));
  const runOf = (plan: Plan) => JSON.parse(inputsOf(plan, machine)[0]!.definition as string) as Definition;

  test("is started by a state machine, which is given the task, and ends it or tries again", async () => {
    const { plan } = await scheduled({ timeoutMinutes: 90, retryAttempts: 2 });
    expect(runOf(plan)).toMatchObject({
      TimeoutSeconds: 5400,
      States: { Run: { Resource: "arn:aws:states:::ecs:runTask.sync", Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }] } },
    });
    const { target } = inputsOf(plan, schedule)[0] as { target: { arn: unknown; input: string } };
    expect(target).not.toHaveProperty("ecsParameters");
    expect(target.arn).toEqual({ $output: expect.stringMatching(/StateMachine::report#arn$/) });
    const input = JSON.parse(target.input) as Record<string, unknown>;
    expect(input).toMatchObject({
      TaskDefinition: expect.stringMatching(/TaskDefinition::api#arn\}$/),
      CapacityProviderStrategy: [{ CapacityProvider: "FARGATE", Weight: 1 }],
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: "DISABLED" } },
    });
    // All that the machine takes from what it is given is there.
    const { Parameters } = runOf(plan).States.Run;
    const taken = Object.values(Parameters).flatMap((value) =>
      typeof value === "string" && /^\$\.\w+$/.test(value) ? value.slice(2) : [],
    );
    expect(taken.sort()).toEqual(Object.keys(input).sort());
  });

  test("has either alone, and neither where nobody asks for it", async () => {
    expect(runOf((await scheduled({ timeoutMinutes: 5 })).plan).States.Run).not.toHaveProperty("Retry");
    expect(runOf((await scheduled({ retryAttempts: 1 })).plan)).not.toHaveProperty("TimeoutSeconds");
    for (const none of [{}, { retryAttempts: 0 }]) expect(inputsOf((await scheduled(none)).plan, machine)).toEqual([]);
    const { refused } = await scheduled({ timeoutMinutes: 0, retryAttempts: 100 });
    expect(reasons(refused)).toEqual([
      expect.stringContaining("expected 0 to 99 retries"),
      expect.stringContaining("expected 1 to 1440 minutes"),
    ]);
  });

  test("may start exactly its machine, which may run and stop exactly its task", async () => {
    const { plan } = await scheduled({ retryAttempts: 1 });
    expect(statementsOf(plan, "report-scheduler").map(({ Action }) => Action)).toEqual(["states:StartExecution", "sqs:SendMessage"]);
    expect(statementsOf(plan, "report-scheduler")[0]!.Resource).toMatch(/StateMachine::report#arn\}$/);
    const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "report-runs");
    const { Statement } = JSON.parse(policy!.inputs.policy as string) as { Statement: { Action: unknown; Resource: string }[] };
    expect(Statement.map(({ Action }) => Action)).toEqual([
      "ecs:RunTask",
      "ecs:TagResource",
      "iam:PassRole",
      ["ecs:StopTask", "ecs:DescribeTasks"],
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
    ]);
    expect(ofType(plan, machine)[0]!.dependencies).toContain(policy!.urn);
  });

  test("is told of when a run failed with all of its attempts, instead of each task", async () => {
    const { plan } = await scheduled({ retryAttempts: 1, alarmTopicArn: "topic" });
    const pattern = JSON.parse(inputsOf(plan, "aws:cloudwatch/eventRule:EventRule")[0]!.eventPattern as string) as { detail: object };
    expect(pattern).toMatchObject({ source: ["aws.states"], detail: { status: ["FAILED", "TIMED_OUT", "ABORTED"] } });
  });
});
