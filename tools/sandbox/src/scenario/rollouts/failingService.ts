import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import type { CauseId } from "@fairlead/diagnosis";

import type { Recipe } from "../../corpus/corpusImage";

/** A revision of a service that does not come to serve, and what ECS then says. */
export interface FailingService {
  /** What is wrong, as a service may be named. */
  name: string;
  /** What the diagnosis is to name first: one of these, where ECS's words can't tell them apart. */
  causes: CauseId[];
  /** Of an image that is not the healthy one. */
  image?: Recipe;
  /** What the image says that it is for. */
  architecture?: "arm64";
  /** What else the container's definition says. */
  container?: ContainerDefinition;
  /** Before it. */
  before?: ContainerDefinition & { name: string };
  healthCheckGracePeriodSeconds?: number;
  expected: {
    stopCode: "TaskFailedToStart" | "EssentialContainerExited" | "ServiceSchedulerInitiated";
    stoppedReason: RegExp;
    exitCode?: number;
    /** Of the container. */
    reason?: RegExp;
    /** The last that it logged. */
    log?: RegExp;
    /** Among the service's events. */
    event?: RegExp;
  };
}

/** An image of Node with one program. */
export const program = (text: string, more: Recipe = {}): Recipe => ({
  base: "node",
  files: { "app/main.js": text },
  WorkingDir: "/app",
  Cmd: ["node", "main.js"],
  User: "node",
  Env: { PORT: "8080" },
  ...more,
});

/** A program that answers each path by a status, and ends as it is asked to. */
export const server = ({ health = "200", port = "process.env.PORT", host = '"0.0.0.0"', before = "" } = {}): string => `
${before}
const server = require("node:http").createServer((asked, answer) => {
  if (asked.url === "/health") return answer.writeHead(${health}).end();
  answer.writeHead(asked.url === "/" ? 200 : 404).end(process.env.REVISION);
});
server.listen(${port}, ${host}, () => console.log("listening"));
process.on("SIGTERM", () => server.close());
`;

export const healthy = program(server());

export const essentialExited = { stopCode: "EssentialContainerExited", stoppedReason: /^Essential container in task exited$/ } as const;
export const failedToStart = { stopCode: "TaskFailedToStart", stoppedReason: /^Task failed to start$/ } as const;
/** By its target group. */
export const unhealthy = (description: string) =>
  ({
    stopCode: "ServiceSchedulerInitiated",
    stoppedReason: /^Task failed ELB health checks in \(target-group arn:aws:elasticloadbalancing:/,
    event: new RegExp(`\\(port 8080\\) is unhealthy in \\(target-group arn:[^)]+\\) due to \\(reason ${description}\\)\\.$`),
  }) as const;
