import type { Sketch } from "./sketch";
import {
  before,
  exited,
  failedTarget,
  failing,
  healthy,
  image,
  inconsistent,
  notStarted,
  quiet,
  registry,
  roleSession,
  secretArn,
  unhealthyTarget,
} from "./words";

const fails = { deployment: failing(12), running: [before()], logs: { app: quiet } };

/** Two causes at once, and answers that two causes share. */
export const atOnce: Sketch[] = [
  {
    title: "a sidecar's nginx answers 502: the app behind it is slow to come",
    source: "ALB: [502]; nginx: connect() failed (111: Connection refused) while connecting to upstream",
    causes: [["target-health-status", "dependency-unreachable", "grace-period"]],
    containers: [
      { name: "app", port: 8080 },
      { name: "php", image: `${registry}/shop/php:8` },
    ],
    deployment: failing(15),
    running: [
      before(),
      healthy(2, { age: 3, target: ["unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [502]"] }),
    ],
    stopped: [failedTarget()],
    events: [unhealthyTarget(2, "Health checks failed with these codes: [502]")],
    logs: {
      app: [
        '2026/06/01 11:57:02 [error] 30#30: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.7, upstream: "fastcgi://127.0.0.1:9000"',
      ],
      php: ["[01-Jun-2026 11:57:01] NOTICE: fpm is running, pid 1"],
    },
  },
  {
    ...fails,
    title: "the revision waits while two causes take turns: a digest that is gone and a role that may not read a secret",
    source: "made of two reports",
    causes: ["image-missing", "execution-role-permission"],
    image: { missing: "tag" },
    deployment: failing(22, 6),
    containers: [{ name: "app", port: 8080, secrets: { DATABASE_URL: secretArn("orders/database") } }],
    secrets: { "orders/database": { keys: ["url"] } },
    stopped: [
      notStarted(`CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: not found`, {
        stoppedAgo: 2,
      }),
      notStarted(
        `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn("orders/database")} from secrets manager: AccessDeniedException: User: ${roleSession} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${secretArn("orders/database")} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
        { stoppedAgo: 8 },
      ),
    ],
  },
  {
    title: "the load balancer is kept out, and the program listens on 127.0.0.1 as well",
    source: "made of two reports: both must be mended before one target is healthy",
    causes: ["security-group-blocks-load-balancer", "listens-on-loopback"],
    network: { loadBalancerAllowed: false },
    deployment: failing(15),
    running: [healthy(2, { age: 3, target: ["unhealthy", "Target.Timeout", "Request timed out"] })],
    stopped: [failedTarget()],
    events: [unhealthyTarget(2, "Request timed out")],
    logs: { app: ["Uvicorn running on http://127.0.0.1:8080 (Press CTRL+C to quit)"] },
  },
  {
    title: "one of a web service's two containers runs out of memory, the other crashes on a variable",
    source: "made of two reports",
    causes: ["out-of-memory-container", "crash-at-start"],
    containers: [
      { name: "app", port: 8080 },
      { name: "cache", image: `${registry}/shop/cache:2`, memory: 64 },
    ],
    deployment: failing(15, 4),
    running: [before()],
    stopped: [
      exited(137, {
        exits: { app: [143], cache: [137, "OutOfMemoryError: Container killed due to memory usage"] },
        stoppedAgo: 2,
        log: { app: ["SIGTERM"] },
      }),
      exited(1, { exits: { app: [1], cache: [143] }, stoppedAgo: 6, log: { app: ["KeyError: 'STRIPE_KEY'"] } }),
    ],
    events: [inconsistent(1)],
  },
];
