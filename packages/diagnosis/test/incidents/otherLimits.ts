import type { Sketch } from "./sketch";
import { before, exited, failing, healthy, inconsistent, started, steady } from "./words";

const crash = { deployment: failing(10), running: [before()], events: [inconsistent(1), started(3)], stopped: [exited(1)] };

/** Memory, connections and descriptors that run out, in other words. */
export const otherLimits: Sketch[] = [
  {
    title: "Prisma's pool against RDS' limit",
    source: "Prisma P2037",
    causes: ["database-connections"],
    desired: 10,
    deployment: steady(),
    running: [healthy(10)],
    stopped: [exited(1, { age: 200, stoppedAgo: 4, times: 3 })],
    events: [started(3, 3)],
    logs: {
      app: [
        "PrismaClientInitializationError: Too many database connections opened: FATAL: remaining connection slots are reserved for non-replication superuser connections",
      ],
    },
  },
  {
    ...crash,
    title: "Elasticsearch's check of file descriptors",
    source: "Elasticsearch's bootstrap checks",
    causes: ["ulimits"],
    mentions: ["65535"],
    stopped: [exited(78)],
    logs: {
      app: [
        "ERROR: [1] bootstrap checks failed",
        "[1]: max file descriptors [4096] for elasticsearch process is too low, increase to at least [65535]",
      ],
    },
  },
  {
    title: "killed with 137, and ECS says nothing of memory; the shell says Killed",
    source: "aws/amazon-ecs-agent#1187's cousins on Fargate: 137 without a reason",
    causes: ["out-of-memory-task"],
    herring: "No OutOfMemoryError",
    memory: 1024,
    deployment: steady(),
    running: [healthy(2, { age: 6 })],
    stopped: [exited(137, { age: 70, stoppedAgo: 7, times: 3 })],
    memoryUsed: 100,
    events: [started(6)],
    logs: { app: ["indexing 88 %", "/app/start.sh: line 4:    17 Killed                  python worker.py"] },
  },
  {
    title: "the container's limit is below what its init needs",
    source: "aws/amazon-ecs-agent#3021",
    causes: ["out-of-memory-container"],
    launch: "EC2",
    containers: [{ name: "app", port: 8080, memory: 6 }],
    deployment: failing(10),
    running: [before()],
    stopped: [
      {
        ...{ times: 2, age: 5, stoppedAgo: 3, stop: ["TaskFailedToStart", "Task failed to start"] },
        exits: {
          app: [
            undefined,
            "CannotStartContainerError: Error response from daemon: OCI runtime create failed: container_linux.go:380: starting container process caused: container init was OOM-killed (memory limit too low?): unknown",
          ],
        },
      },
    ],
  },
];
