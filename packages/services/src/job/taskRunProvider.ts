import { randomUUID } from "node:crypto";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import type { dynamic } from "@pulumi/pulumi";

import { lastLogLines } from "../lastLogLines";
import { runTask, type RunTaskArgs } from "./runTask";

/** What the engine keeps of a run. */
export interface TaskRunProperties extends RunTaskArgs {
  region: string;
  logGroupName: string;
}

const aws = new AwsAccess();

/** Runs the task when the resource is created, and again when the task definition is another one. Nothing is to be deleted. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: (_id, olds: TaskRunProperties, news: TaskRunProperties) =>
    Promise.resolve({ changes: olds.taskDefinitionArn !== news.taskDefinitionArn }),
  create: async (inputs: TaskRunProperties) => ({ id: await run(inputs), outs: inputs }),
  update: async (_id, _olds, news: TaskRunProperties) => {
    await run(news);
    return { outs: news };
  },
};

async function run(properties: TaskRunProperties): Promise<string> {
  const { region, logGroupName } = properties;
  const { ECSClient } = await import("@aws-sdk/client-ecs");
  return runTask(properties, {
    client: new ECSClient(await aws.clientConfig("ecs", region)),
    logLines: (containerName, taskId) =>
      lastLogLines(aws, { region, logGroupName, logStreamName: `${containerName}/${containerName}/${taskId}` }),
    sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    clientToken: randomUUID(),
  });
}
