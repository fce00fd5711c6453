import type { Explanations } from "../explanation";

/** Sizes, capacity, scaling, checks and schedules. */
export const taskCodes = {
  FL1006: {
    title: "impossible CPU and memory",
    meaning: "Fargate offers certain pairs of CPU and memory only, and ECS refuses a task definition with another one.",
    fix: "Take one of the sizes in the message. Services on EC2 capacity are free to choose.",
    example: "cpu: 512\nmemoryMiB: 1024",
  },
  FL1012: {
    title: "health check times out too late",
    meaning: "A check may take as long as the time until the next one, or longer. AWS refuses that.",
    fix: "Make timeoutSeconds less than intervalSeconds.",
  },
  FL1019: {
    title: "impossible scaling",
    meaning: "The limits of scaling contradict each other, or count messages of a queue that the service does not read.",
    fix: "Correct the limits, or bind the queue under uses.",
  },
  FL1021: {
    title: "a container that can't be waited for",
    meaning: "`dependsOn` names no other container of the task, or waits for the health of one that has no `containerHealthCheck`.",
    fix: "Correct the name, or add the sidecar; for HEALTHY add the check, or wait for START.",
  },
  FL1022: {
    title: "capacity that does not fit",
    meaning: "The service asks for capacity that the cluster has not, or for what only EC2 instances have.",
    fix: "Name one of the cluster's capacity providers, or remove the key.",
  },
  FL1023: {
    title: "not a schedule",
    meaning:
      "Not one of the three forms that EventBridge Scheduler and Application Auto Scaling read. Their cron has six fields: minutes, hours, day, month, weekday, year, with ? for day or weekday.",
    fix: "Write it in one of the forms.",
    example: "schedule: cron(0 3 * * ? *)",
  },
  FL1027: {
    title: "ECS Exec on a read-only file system",
    meaning: "ECS Exec's agent writes to the root file system, which can't be written.",
    fix: "Set readonlyRootFilesystem: false where you need ECS Exec.",
    example: "environments:\n  dev:\n    enableExecuteCommand: true\n    readonlyRootFilesystem: false",
  },
  FL1056: {
    title: "two volumes in one folder",
    meaning:
      "A container has one volume at a folder: `mountPoints`, `writableMounts` and file systems under `uses` name the same one twice. ECS refuses such a task definition.",
    fix: "Mount one of them elsewhere, or leave it out.",
  },
} satisfies Explanations<"FL10">;
