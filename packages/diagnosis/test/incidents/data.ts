import type { Sketch } from "./sketch";
import { before, exited, failedTarget, failing, healthy, inconsistent, quiet, secretArn, started, steady, unhealthyTarget } from "./words";

const crash = { deployment: failing(10, 5), running: [before()], events: [inconsistent(1), started(3)] };
const database = secretArn("orders/database");

/** Names, databases and passwords. */
export const data: Sketch[] = [
  {
    ...crash,
    title: "Compose's name of the database",
    source: 'the guide\'s troubleshooting: getaddrinfo for host "db"',
    causes: ["unresolvable-name"],
    mentions: ["db"],
    stopped: [exited(1)],
    logs: {
      app: [
        "Error: getaddrinfo ENOTFOUND db",
        "    at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:120:26)",
        "  errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'db'",
      ],
    },
  },
  {
    ...crash,
    title: "Python's word for it, of Redis",
    source: "redis-py: Error -2 connecting to",
    causes: ["unresolvable-name"],
    mentions: ["redis"],
    stopped: [exited(1)],
    logs: { app: ["redis.exceptions.ConnectionError: Error -2 connecting to redis:6379. Name or service not known."] },
  },
  {
    ...crash,
    title: "libpq's word for it",
    source: "libpq: could not translate host name",
    causes: ["unresolvable-name"],
    mentions: ["postgres"],
    stopped: [exited(1)],
    logs: { app: ['psycopg2.OperationalError: could not translate host name "postgres" to address: Temporary failure in name resolution'] },
  },
  {
    ...crash,
    title: "Go's word for it; nothing else in the log is an error",
    source: "Go's net: lookup … no such host",
    causes: ["unresolvable-name"],
    mentions: ["rabbitmq"],
    stopped: [exited(1)],
    logs: { app: ["starting orders 1.4.2", "dial tcp: lookup rabbitmq on 10.0.0.2:53: no such host"] },
  },
  {
    title: "PostgreSQL has no connection left after a scaling out",
    source: "PostgreSQL: 'sorry, too many clients already', SQLSTATE 53300",
    causes: ["database-connections"],
    herring: "The health check answers 503, and targets are taken out for it",
    desired: 40,
    deployment: steady(),
    running: [
      healthy(31, { age: 90 }),
      healthy(6, { age: 4, target: ["unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [503]"] }),
    ],
    stopped: [failedTarget(143, { times: 3, age: 8 })],
    scaling: { minimum: 2, maximum: 60, activities: [[12, "Successfully set desired count to 40. Change successfully fulfilled by ecs."]] },
    events: [unhealthyTarget(2, "Health checks failed with these codes: [503]"), started(12, 10)],
    logs: {
      app: [
        "FATAL: sorry, too many clients already",
        "GET /health 503 3ms",
        "error: remaining connection slots are reserved for roles with the SUPERUSER attribute",
      ],
    },
  },
  {
    ...crash,
    title: "RDS Proxy's or MySQL's: too many connections at start",
    source: "MySQL: ER_CON_COUNT_ERROR",
    causes: ["database-connections"],
    stopped: [exited(1)],
    logs: {
      app: [
        "Error: ER_CON_COUNT_ERROR: Too many connections",
        "    at Handshake.ErrorPacket (/app/node_modules/mysql/lib/protocol/sequences/Handshake.js:123:18)",
      ],
    },
  },
  {
    title: "the password was rotated an hour ago, the tasks are three days old",
    source: "block/ftl#3359; polarsource/polar#13902: tasks keep the injected value",
    causes: ["database-password"],
    mentions: ["orders/database"],
    herring: "Nothing was deployed, every task runs, the targets answer 500",
    containers: [{ name: "app", port: 8080, secrets: { DATABASE_URL: `${database}:url::` } }],
    secrets: { "orders/database": { keys: ["url", "password"], rotatedMinutesAgo: 61 } },
    deployment: steady(),
    running: [
      healthy(2, {
        age: 4300,
        target: ["unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [500]"],
      }),
    ],
    events: [unhealthyTarget(3, "Health checks failed with these codes: [500]")],
    logs: { app: ['PG::ConnectionBad: FATAL: password authentication failed for user "orders"', "GET /health 500 9ms"] },
  },
  {
    title: "rotated: the tasks that were replaced since are well, the older are not",
    source: "as above, in the middle of replacing",
    causes: ["database-password"],
    herring: "The youngest task is healthy and its log is clean",
    containers: [{ name: "app", port: 8080, secrets: { DATABASE_URL: `${database}:url::` } }],
    secrets: { "orders/database": { keys: ["url"], rotatedMinutesAgo: 45 } },
    desired: 3,
    deployment: steady(),
    running: [
      healthy(1, { age: 20, log: { app: quiet } }),
      healthy(2, { age: 4000, target: ["unhealthy", "Target.ResponseCodeMismatch", "Health checks failed with these codes: [500]"] }),
    ],
    stopped: [failedTarget(143, { times: 1, age: 4000, stoppedAgo: 21 })],
    logs: { app: ['FATAL: password authentication failed for user "orders"', "GET /health 500 8ms"] },
  },
  {
    ...crash,
    title: "a wrong password from the start: nothing was rotated",
    source: "PostgreSQL: 28P01",
    causes: ["database-password"],
    mentions: ["password authentication failed"],
    containers: [{ name: "app", port: 8080, secrets: { DATABASE_URL: `${database}:url::` } }],
    secrets: { "orders/database": { keys: ["url"], rotatedMinutesAgo: 90 * 24 * 60 } },
    stopped: [exited(1)],
    logs: { app: ['org.postgresql.util.PSQLException: FATAL: password authentication failed for user "order"'] },
  },
];
