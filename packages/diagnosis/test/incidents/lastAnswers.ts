import type { Sketch } from "./sketch";
import {
  account,
  before,
  exited,
  failedTarget,
  failing,
  failed,
  healthy,
  inconsistent,
  notStarted,
  quiet,
  region,
  started,
  unhealthyTarget,
} from "./words";

const crash = { deployment: failing(10), running: [before()], events: [inconsistent(1), started(3)], stopped: [exited(1)] };
const said = (title: string, source: string, cause: Sketch["causes"], mention: string, ...app: string[]): Sketch => ({
  ...crash,
  ...{ title, source, causes: cause, mentions: [mention], logs: { app } },
});

/** The same round: what databases and AWS answer. */
export const lastAnswers: Sketch[] = [
  said(
    "MongoDB refuses the login",
    "MongoServerError: Authentication failed.",
    ["database-password"],
    "Authentication failed",
    "MongoServerError: Authentication failed.",
    "    at Connection.sendCommand (/app/node_modules/mongodb/lib/cmap/connection.js:290:27)",
  ),
  said(
    "SQL Server refuses the login",
    "Login failed for user",
    ["database-password"],
    "Login failed",
    "Microsoft.Data.SqlClient.SqlException (0x80131904): Login failed for user 'orders'.",
  ),
  said(
    "PgBouncer is full",
    "PgBouncer: no more connections allowed",
    ["database-connections"],
    "max_client_conn",
    "FATAL: no more connections allowed (max_client_conn)",
  ),
  said(
    "asyncpg's word for a full database",
    "asyncpg.exceptions.TooManyConnectionsError",
    ["database-connections"],
    "TooManyConnections",
    "asyncpg.exceptions.TooManyConnectionsError: sorry, too many clients already",
  ),
  {
    title: "ECS may not call the hook",
    source: "AWS: Troubleshooting Amazon ECS blue/green deployments, lambda:InvokeFunction",
    causes: ["deployment-hook-failed"],
    mentions: ["lambda:InvokeFunction"],
    deployment: {
      ...{ state: "rolled back", minutesAgo: 14, strategy: "BLUE_GREEN", bakeMinutes: 10 },
      reason: `Service deployment rolled back because TEST_TRAFFIC_SHIFT lifecycle hook(s) failed. ECS was unable to invoke hook target arn:aws:lambda:${region}:${account}:function:orders-gate due to User: arn:aws:sts::${account}:assumed-role/orders-hooks/ECS-Lambda-Execution is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:${region}:${account}:function:orders-gate because no identity-based policy allows the lambda:InvokeFunction action`,
      hook: { type: "AWS_LAMBDA", status: "FAILED" },
    },
    running: [before(2)],
    events: failed(10, "Service deployment rolled back because TEST_TRAFFIC_SHIFT lifecycle hook(s) failed"),
    logs: { app: quiet },
  },
  {
    title: "the infrastructure role can't move traffic",
    source: "AWS: Troubleshooting Amazon ECS blue/green deployments, ECS Infrastructure Role",
    causes: [["traffic-not-shifted", "service-linked-role", "role-not-assumable"]],
    mentions: ["orders-infrastructure"],
    deployment: {
      ...{ state: "rolled back", minutesAgo: 14, strategy: "BLUE_GREEN", bakeMinutes: 10 },
      reason: `Service deployment rolled back because of invalid networking configuration. ECS was unable to manage the ELB resources due to missing permissions on ECS Infrastructure Role 'arn:aws:iam::${account}:role/orders-infrastructure'.`,
    },
    running: [before(2)],
    events: failed(10, "Service deployment rolled back because of invalid networking configuration"),
    logs: { app: quiet },
  },
  {
    title: "403 for the health check",
    source: "ELB: [403]; an allow-list of hosts",
    causes: ["target-health-status"],
    mentions: ["403"],
    deployment: failing(15),
    running: [
      before(),
      healthy(2, { age: 3, target: ["unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [403]"] }),
    ],
    stopped: [failedTarget()],
    events: [unhealthyTarget(2, "Health checks failed with these codes: [403]")],
    logs: { app: ["[ActionDispatch::HostAuthorization::DefaultResponseApp] Blocked hosts: 10.0.1.23:8080"] },
  },
  {
    title: "an image for Windows",
    source: 'docker: image operating system "windows" cannot be used on this platform',
    causes: ["image-architecture"],
    mentions: ["windows"],
    launch: "EC2",
    image: { platforms: ["windows/amd64"] },
    deployment: failing(9),
    running: [before()],
    stopped: [
      notStarted("Task failed to start", {
        exits: {
          app: [
            undefined,
            'CannotPullContainerError: image operating system "windows" cannot be used on this platform: operating system is not supported',
          ],
        },
      }),
    ],
    logs: { app: quiet },
  },
];
