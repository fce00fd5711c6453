import { posix } from "node:path";
import { bindingVariables } from "@fairlead/model";

import type { Claims } from "../findings/claims";
import type { SourceFiles } from "../source/sourceFiles";
import type { ReportedMention } from "../write/imported";
import { buildFolder } from "./buildFolder";
import { environmentMark } from "./interpolate";
import type { Workload } from "./readManifest";
import { copilotVariablesIn } from "./sourceMentions";
import { workerQueueName, type Binding } from "./steps/topics";
import type { Translation } from "./translation";

/** Variables that Copilot sets, and that can be set here as they were. */
const given: Record<string, (translation: Translation) => string> = {
  COPILOT_APPLICATION_NAME: ({ application }) => application,
  COPILOT_ENVIRONMENT_NAME: ({ environment = environmentMark }) => environment,
  COPILOT_SERVICE_NAME: ({ service }) => service,
  COPILOT_SERVICE_DISCOVERY_ENDPOINT: ({ application, environment = environmentMark }) => `${environment}.${application}.local`,
};

/** The URL of a worker's own queue. */
const queueVariable = "COPILOT_QUEUE_URI";

/** JSON with the ARN of each topic that a service publishes to, by the topic's name. */
const topicsVariable = "COPILOT_SNS_TOPIC_ARNS";

/** What the program finds instead of the others. */
const instead: Record<string, string> = {
  COPILOT_LB_DNS: "the stack's output url is the load balancer's address: write it as a variable after the first up.",
  COPILOT_SNS_TOPIC_ARNS: "<NAME>_TOPIC_ARN of each topic under uses.",
  COPILOT_TOPIC_QUEUE_URIS: "<NAME>_QUEUE_URL of each queue under uses.",
  COPILOT_MOUNT_POINTS: "<NAME>_PATH of each file system under uses.",
};

/** Sets what a service's source asks of Copilot's variables, and says where it asks for others. */
export function addCopilotVariables(workloads: readonly Workload[], files: SourceFiles, root: string, claims: Claims): ReportedMention[] {
  return workloads.flatMap(({ name, base, environments }) => {
    const context = buildFolder(base);
    if (context === undefined) return [];
    const mentions = copilotVariablesIn(files, [posix.join(root, context)], posix.join(root, "copilot"));
    const isQueueNamed = base.type === "Worker Service" && mentions.some((mention) => mention.name === queueVariable);
    const publishes = [base, ...environments.values()].some(({ topics }) => topics.size > 0);
    const isTopicsNamed = publishes && mentions.some((mention) => mention.name === topicsVariable);
    if (isTopicsNamed) for (const each of [base, ...environments.values()]) nameTopics(each);
    if (isQueueNamed) for (const each of [base, ...environments.values()]) nameQueue(each);
    const givenBy = (variable: string) => {
      if (variable in given) return "environment";
      if (isTopicsNamed && variable === topicsVariable) return "composedEnvironment";
      return isQueueNamed && variable === queueVariable ? "uses" : undefined;
    };
    for (const mention of mentions) {
      const value = given[mention.name];
      for (const each of [base, ...environments.values()]) {
        const written = (each.manifest.environment ?? {}) as Record<string, string>;
        if (value && !(mention.name in written)) each.set(`environment.${mention.name}`, value(each));
      }
      if (givenBy(mention.name)) continue;
      claims.say({
        outcome: "decide",
        place: mention.place,
        source: mention.name,
        service: name,
        text: `Nothing sets it here. Instead: ${instead[mention.name] ?? "a variable of your own, under environment."}`,
      });
    }
    return mentions.map((mention) => ({ ...mention, service: name, givenBy: givenBy(mention.name) }));
  });
}

/** Gives the program the ARNs of its topics in the JSON that Copilot gave it. */
function nameTopics(translation: Translation): void {
  if (translation.topics.size === 0) return;
  const arns = [...translation.topics].map(([topic, data]) => {
    const { TOPIC_ARN } = bindingVariables("topic", data).environment;
    return `${JSON.stringify(topic)}:"\${${TOPIC_ARN}}"`;
  });
  translation.set(`composedEnvironment.${topicsVariable}`, `{${arns.join(",")}}`);
}

/** Gives the worker its queue's URL by the name that Copilot gave it. */
function nameQueue(translation: Translation): void {
  const uses = (translation.manifest.uses ?? []) as Binding[];
  const queue = workerQueueName(translation.service);
  translation.set(
    "uses",
    uses.map((each) => (each.name === queue ? { ...each, as: { ...each.as, queueUrl: queueVariable } } : each)),
  );
}
