import { cloudFormationStack, type Thing } from "../found/thing";
import type { CopilotStack } from "./copilotStacks";
import type { Deletion } from "./deletionPolicy";

/** In which order the stacks of a Copilot application go. */
export interface LettingOrder {
  application: string;
  /** One after the other, a sentence or two each. */
  steps: string[];
}

/** Data, and what becomes of it with its stack; undefined where that could not be told. */
export interface HeldData {
  thing: Thing;
  deletion: Deletion | undefined;
}

/**
 * The order in which to let go of Copilot's applications: what holds data is kept first; then services, the environment that they share, the application.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
export function lettingOrders(stacks: readonly CopilotStack[], data: readonly HeldData[]): LettingOrder[] {
  return [...new Set(stacks.map(({ application }) => application))].map((application) => {
    const own = stacks.filter((stack) => stack.application === application);
    const held = data.filter(({ thing }) => thing.tags["copilot-application"] === application);
    const environments = own.filter(({ environment, workload }) => environment !== undefined && workload === undefined);
    const last = own.filter(({ environment, workload, isPipeline }) => environment === undefined && workload === undefined && !isPipeline);
    const pipelines = own.filter(({ isPipeline }) => isPipeline);
    return {
      application,
      steps: [
        ...keepFirst(held),
        ...(pipelines.length > 0 ? [`${named(pipelines)}: what a pipeline deploys would come again.`] : []),
        ...environments.flatMap((environment) => ofEnvironment(environment, own)),
        `${last.length > 0 ? named(last) : `The stacks of ${application} itself`}, once ${listed(environments.map(({ environment }) => environment!))} and any environment in other accounts and regions are gone: copilot app delete. It empties and deletes the repositories of images as well.`,
      ],
    };
  });
}

function keepFirst(held: readonly HeldData[]): string[] {
  const lost = held.filter(({ thing, deletion }) => deletion !== "kept" && cloudFormationStack(thing) !== undefined);
  if (lost.length === 0) return [];
  const shown = lost.map(({ thing, deletion }) => `${thing.id} (${cloudFormationStack(thing)}: ${words[deletion ?? "unknown"]})`);
  return [
    `DeletionPolicy: Retain and UpdateReplacePolicy: Retain in the templates, deployed once more, for what would go with its stack: ${listed(shown)}.`,
  ];
}

const words: Record<Deletion | "unknown", string> = {
  deleted: "deleted",
  snapshot: "deleted after a last snapshot",
  kept: "kept",
  unknown: "could not be told",
};

/** Those that share nothing first; of the others the last one takes what they share away with it. */
function ofEnvironment(environment: CopilotStack, all: readonly CopilotStack[]): string[] {
  const workloads = all.filter((stack) => stack.workload !== undefined && stack.environment === environment.environment);
  const sharers = Object.entries(environment.sharers);
  const isSharer = ({ workload }: CopilotStack) => sharers.some(([, users]) => users.includes(workload!));
  const [alone, sharing] = [workloads.filter((stack) => !isSharer(stack)), workloads.filter(isSharer)];
  const taken = sharers.map(([parameter, users]) => `${taking[parameter]} (${parameter}: ${users.join(", ")})`);
  return [
    ...(alone.length > 0 ? [`${named(alone)}: schedules and workers, and services that nobody calls any more.`] : []),
    ...(sharing.length > 0
      ? [
          `${named(sharing)}: each once none of its requests comes to it. Copilot's environment ${environment.environment} has for them what they share, and the last one takes it away: ${listed(taken)}. Leave that one, with count: 0, until nothing of yours goes by it.`,
        ]
      : []),
    `${environment.name}: after the last of its services, and once nothing of yours is in its VPC or behind its load balancers: all of it goes.`,
  ];
}

const taking: Record<string, string> = {
  ALBWorkloads: "the load balancer",
  InternalALBWorkloads: "the internal load balancer",
  EFSWorkloads: "the file system with its files",
  NATWorkloads: "the NAT gateways",
};

const named = (stacks: readonly CopilotStack[]) => stacks.map(({ name }) => name).join(", ");
const listed = (texts: readonly string[]) => texts.join("; ");
