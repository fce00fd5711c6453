import type { Sketch } from "./sketch";
import { before, healthy, quiet, started, steady, steadyState, unhealthyTarget } from "./words";

const well = { causes: [], deployment: steady(), running: [healthy(2)] } satisfies Partial<Sketch>;

/** Calm services, written when all before them were told right. */
export const lastCalm: Sketch[] = [
  {
    ...well,
    title: "an instance went away, its task is elsewhere",
    source: "AWS: stopped tasks, 'Host EC2 (instance id) stopped/terminated.'",
    launch: "EC2",
    running: [healthy(1), healthy(1, { age: 24 })],
    stopped: [
      { age: 4000, stoppedAgo: 26, stop: ["TerminationNotice", "Host EC2 (instance i-0abc1234) terminated."], exits: { app: [undefined] } },
    ],
    events: [steadyState(22), started(24)],
    logs: { app: quiet },
  },
  {
    title: "sixty tasks are rolled over six at a time, 25 minutes in",
    source: "minimum 100, maximum 110 percent",
    causes: [],
    waits: ["deployment-in-progress"],
    desired: 60,
    deployment: { state: "rolling", minutesAgo: 25, maximumPercent: 110 },
    running: [
      before(30),
      healthy(34, { age: 12 }),
      healthy(2, { age: 1, target: ["initial", "Elb.RegistrationInProgress", "Target registration is in progress"] }),
    ],
    events: [started(1, 6), started(5, 6)],
    logs: { app: quiet },
  },
  {
    ...well,
    title: "a child that is allowed to fail",
    source: "ffmpeg in a queue of jobs",
    herring: "Segmentation fault",
    logs: { app: ["job 8 failed: ffmpeg exited: Segmentation fault (core dumped)", "job 9 done"] },
  },
  {
    ...well,
    title: "customers mistype their passwords",
    source: "an application's own log",
    herring: "Access denied for user",
    logs: { app: ['{"msg":"login","result":"Access denied for user 8812"}', "Login failed for user 'alice'", ...quiet] },
  },
  {
    ...well,
    title: "throttled once, and answered at the second try",
    source: "AWS SDKs' retries",
    herring: "ThrottlingException",
    logs: { app: ["WARN retrying after ThrottlingException: Rate exceeded (attempt 1)", "GET /orders/17 200 480ms"] },
  },
  {
    ...well,
    title: "a cache that is off as the root is read-only",
    source: "made: a warning at start",
    herring: "Read-only file system",
    logs: { app: ["WARN cannot write /app/.cache: Read-only file system, caching is off", ...quiet] },
  },
  {
    ...well,
    title: "an admin port on loopback beside the one that is called",
    source: "Prometheus' exporters",
    herring: "127.0.0.1",
    logs: { app: ["metrics listening on 127.0.0.1:9464", "listening on 0.0.0.0:8080", ...quiet] },
  },
  {
    ...well,
    title: "503s of three hours ago",
    source: "events go back a long way",
    herring: "'is unhealthy', for an old outage",
    events: [
      steadyState(150),
      unhealthyTarget(182, "Health checks failed with these codes: [503]"),
      unhealthyTarget(190, "Health checks failed with these codes: [503]"),
    ],
    logs: { app: quiet },
  },
  {
    ...well,
    title: "another program's port in the log",
    source: "a client that says where it connects",
    herring: "Another port than the container's",
    logs: { app: ["listening for messages on amqp://rabbit:5672", "connected to http://0.0.0.0:4317", ...quiet] },
  },
  {
    ...well,
    title: "a worker whose container health check is well",
    source: "healthStatus HEALTHY",
    worker: true,
    containers: [{ name: "app", healthCheck: { command: "pgrep worker", startPeriod: 10 } }],
    running: [healthy(2, { target: undefined, health: "HEALTHY" })],
    logs: { app: ["job 1 done"] },
  },
];
