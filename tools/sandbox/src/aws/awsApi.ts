import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { region } from "../account";
import { platformsInRegistry, registryLogin } from "../registryAccess";
import { World } from "./world";

interface StartedTask {
  taskArn: string;
  taskDefinitionArn: string;
  family: string;
  exitCode: number;
}

/**
 * The calls of ECS, CloudWatch Logs and ECR that the programs themselves make, for one account of the sandbox: a job is run, a registry is
 * read. It starts no container: a task has ended as soon as
 * it is asked for, with the exit code that the scenario chose. What ECS would refuse, it refuses: a task definition or an image that is not
 * there, a cluster that is not.
 */
export class AwsApi {
  /** What the next tasks end with. */
  exitCode = 0;
  /** What their containers logged last. */
  lastLines: string[] = [];
  readonly started: StartedTask[] = [];
  private server!: Server;

  constructor(
    private readonly stateFile: string,
    private readonly accountId: string,
  ) {}

  /** Listens on 127.0.0.1; returns the variables that lead AWS's SDK here, with a login that is none. */
  async listen(): Promise<NodeJS.ProcessEnv> {
    this.server = createServer((request, response) => {
      this.answer(request)
        .then((body) => response.end(JSON.stringify(body)))
        .catch((error: Error) => {
          response.statusCode = 400;
          response.end(JSON.stringify({ __type: error.name, message: error.message }));
        });
    });
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.server.unref();
    const endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return {
      AWS_ENDPOINT_URL_ECS: endpoint,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint,
      AWS_ENDPOINT_URL_ECR: endpoint,
      AWS_ACCESS_KEY_ID: "sandbox",
      AWS_SECRET_ACCESS_KEY: "sandbox",
    };
  }

  private async answer(request: IncomingMessage): Promise<unknown> {
    const action = String(request.headers["x-amz-target"]).split(".").at(-1);
    const body = JSON.parse(await textOf(request)) as Record<string, string & string[]>;
    switch (action) {
      case "RunTask":
        return this.runTask(body.cluster!, body.taskDefinition!);
      case "DescribeTasks":
        return { tasks: this.started.filter(({ taskArn }) => body.tasks!.includes(taskArn)).map(describe) };
      case "GetLogEvents":
        return { events: this.lastLines.map((message) => ({ message, timestamp: 0 })) };
      case "GetAuthorizationToken": {
        const { username, password } = registryLogin();
        return { authorizationData: [{ authorizationToken: Buffer.from(`${username}:${password}`).toString("base64") }] };
      }
      default:
        throw refusal("UnknownOperationException", `the sandbox's AWS has no ${action} yet. Add it to tools/sandbox/src/aws/awsApi.ts`);
    }
  }

  private async runTask(clusterArn: string, taskDefinitionArn: string): Promise<unknown> {
    // The stand-in provider, a process of its own, writes what exists.
    const world = new World(this.stateFile);
    if (!existsSync(this.stateFile) || !world.get("aws:ecs/cluster:Cluster", clusterArn))
      throw refusal("ClusterNotFoundException", "Cluster not found.");
    const definition = world.get("aws:ecs/taskDefinition:TaskDefinition", taskDefinitionArn);
    if (!definition) throw refusal("ClientException", "TaskDefinition not found.");
    const { family, containerDefinitions } = definition.inputs as { family: string; containerDefinitions: string };
    for (const { image } of JSON.parse(containerDefinitions) as { image: string }[]) {
      if (!(await platformsInRegistry(image))) {
        return { tasks: [], failures: [{ reason: `CannotPullContainerError: ${image}: not found` }] };
      }
    }
    const taskArn = `arn:aws:ecs:${region}:${this.accountId}:task/${clusterArn.split("/").at(-1)}/${randomUUID().replace(/-/g, "")}`;
    const task = { taskArn, taskDefinitionArn, family, exitCode: this.exitCode };
    this.started.push(task);
    return { tasks: [describe(task)], failures: [] };
  }
}

function describe({ taskArn, taskDefinitionArn, family, exitCode }: StartedTask) {
  const name = family.replace(/^[^-]+-/, "");
  return { taskArn, taskDefinitionArn, lastStatus: "STOPPED", stopCode: "EssentialContainerExited", containers: [{ name, exitCode }] };
}

function refusal(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
