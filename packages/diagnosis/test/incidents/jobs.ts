import type { Sketch } from "./sketch";
import { exited, notStarted, quiet, secretArn } from "./words";

/** Scheduled jobs: no service, tasks that start and end. */
export const jobs: Sketch[] = [
  {
    title: "the schedule is disabled",
    source: "EventBridge Scheduler: State DISABLED",
    causes: ["job-schedule-disabled"],
    worker: true,
    job: { schedule: "rate(1 day)", state: "DISABLED" },
  },
  {
    title: "the schedule's role may not pass the task's role",
    source: "terraform-aws-modules/terraform-aws-eventbridge#178; CloudWatch: FailedInvocations",
    causes: ["job-never-starts"],
    mentions: ["iam:PassRole"],
    herring: "The schedule is enabled, and there is not one task to look at",
    worker: true,
    job: {
      schedule: "rate(1 hour)",
      state: "ENABLED",
      invocations: 24,
      failures: 24,
      refused: "iam:PassRole",
    },
  },
  {
    title: "the job's task crashes each time",
    source: "a migration that meets a column that is there",
    causes: [["crash-at-start", "crash-while-running"]],
    mentions: ["DuplicateColumn"],
    worker: true,
    job: { schedule: "rate(1 day)", state: "ENABLED", invocations: 1, failures: 0 },
    stopped: [exited(1, { times: 1, age: 52, stoppedAgo: 51 })],
    logs: { app: ["Running upgrade 8f1c -> 2b7a", 'psycopg2.errors.DuplicateColumn: column "total" of relation "orders" already exists'] },
  },
  {
    title: "the job's secret is gone",
    source: "as of services; RunTask makes the task, which then stops",
    causes: ["secret-missing"],
    mentions: ["orders/report"],
    worker: true,
    job: { schedule: "rate(1 hour)", state: "ENABLED", invocations: 24, failures: 0 },
    containers: [{ name: "app", secrets: { TOKEN: secretArn("orders/report") } }],
    secrets: { "orders/report": { missing: true } },
    stopped: [
      notStarted(
        `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn("orders/report")} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
        { times: 1, age: 31, stoppedAgo: 29 },
      ),
    ],
  },
  {
    title: "the job's memory",
    source: "aws/copilot-cli#3470, as a job",
    causes: ["out-of-memory-task"],
    worker: true,
    job: { schedule: "rate(1 day)", state: "ENABLED", invocations: 1, failures: 0 },
    stopped: [exited(137, { reason: "OutOfMemoryError: Container killed due to memory usage", times: 1, age: 50, stoppedAgo: 41 })],
    logs: { app: ["export 300000 of 900000"] },
  },
  {
    title: "a job that ended well",
    source: "exit code 0 is what a job is for",
    causes: [],
    herring: "'Essential container in task exited', exit code 0",
    worker: true,
    job: { schedule: "rate(1 hour)", state: "ENABLED", invocations: 24, failures: 0 },
    stopped: [exited(0, { times: 1, age: 31, stoppedAgo: 29 })],
    logs: { app: ["exported 900000", "done"] },
  },
  {
    title: "a job at work",
    source: "nothing more than RUNNING",
    causes: [],
    waits: ["job-runs"],
    worker: true,
    job: { schedule: `rate(1 hour)`, state: "ENABLED", invocations: 24, failures: 0 },
    running: [{ age: 4, health: "UNKNOWN" }],
    stopped: [exited(0, { times: 1, age: 64, stoppedAgo: 61 })],
    logs: { app: ["exported 12000", ...quiet.slice(0, 0)] },
  },
];
