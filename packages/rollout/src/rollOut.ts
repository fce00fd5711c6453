import { askAgain, type RevisionSettings } from "./askAgain";
import { askedDeployment, type Asked } from "./askedDeployment";
import {
  describeDeployment,
  hasEnded,
  insistOnService,
  isGivenUp,
  saysGone,
  type Ecs,
  type ServiceDeployment,
  type ServiceName,
} from "./serviceDeployments";

/** What is to serve. */
export interface RolloutRequest extends ServiceName {
  taskDefinitionArn: string;
  /** What else it is to have, where ECS has to be asked once more. */
  revision?: RevisionSettings;
  /** Minutes after which it is followed no longer; ECS goes on. */
  allowedMinutes: number;
}

/** What following a rollout needs from outside. */
export interface RolloutContext {
  ecs: Ecs;
  sleep: (seconds: number) => Promise<void>;
  /** Milliseconds. */
  now: () => number;
  /** Told each time that ECS was asked. */
  onProgress?: (deployment: ServiceDeployment) => void | Promise<void>;
}

/** How a rollout ended. */
export type RolloutEnd =
  /** The deployment is undefined where it was longer ago than ECS remembers. */
  | { outcome: "serves"; deployment?: ServiceDeployment }
  /** ECS went back to what ran before, was told to stop, or could not even go back. */
  | { outcome: "givenUp"; deployment: ServiceDeployment }
  /** It goes on, and nobody waits for it any longer. */
  | { outcome: "goesOn"; deployment?: ServiceDeployment }
  /** The service, or its cluster, is not there any longer. */
  | { outcome: "gone"; deployment?: undefined; words: string };

const pollSeconds = 6;
/** So long ECS may take from tripping its circuit breaker to going back; where it has nothing to go back to it leaves the deployment as it is. */
const secondsUntilRollback = 60;
/** How long after an update its deployment may not be listed yet. */
const secondsUntilListed = 60;
/** How long after it was made a service may not be found yet. */
const secondsUntilFound = 18;
/** How often it is looked whether the service is there at all. */
const secondsBetweenServices = 60;

/**
 * Follows the deployment of a task definition until it serves or has failed, and asks ECS for it again where it was given up before. It only reads but for
 * that, so that whoever ends it leaves ECS as it is.
 */
export async function rollOut(request: RolloutRequest, context: RolloutContext): Promise<RolloutEnd> {
  try {
    return await untilItEnds(request, context);
  } catch (error) {
    if (!saysGone(error)) throw error;
    const { name, message } = error as Error;
    return { outcome: "gone", words: name === "ServiceGone" ? message : `${name}: ${message}` };
  }
}

async function untilItEnds(request: RolloutRequest, context: RolloutContext): Promise<RolloutEnd> {
  let began = context.now();
  const isOver = () => context.now() - began >= request.allowedMinutes * 60_000;
  let asked = await listed(request, context);
  if (asked && "serves" in asked) return { outcome: "serves" };
  // What is being taken back can't be asked for again before that is over.
  if (asked && (isGivenUp(asked.deployment) || hasTripped(asked.deployment)) && !hasEnded(asked.deployment)) {
    const deployment = await follow(asked.deployment, request, context, isOver);
    if (!hasEnded(deployment) && !hasTripped(deployment)) return { outcome: "givenUp", deployment };
    asked = { ...asked, deployment };
  }
  if (!asked?.isNewest || isGivenUp(asked.deployment) || hasTripped(asked.deployment)) {
    await askAgain(context.ecs, request, request.taskDefinitionArn, request.revision);
    // What was waited for the one before is no part of its time.
    began = context.now();
    asked = await listed(request, context, asked?.deployment.serviceDeploymentArn ?? "");
    if (!asked) return { outcome: "goesOn" };
    if ("serves" in asked) return { outcome: "serves" };
  }
  const deployment = await follow(asked.deployment, request, context, isOver);
  // What is being taken back when the time is over does not come out.
  const isLost = isGivenUp(deployment) || hasTripped(deployment);
  if (!hasEnded(deployment) && !isLost) return { outcome: "goesOn", deployment };
  return { outcome: deployment.status === "SUCCESSFUL" ? "serves" : "givenUp", deployment };
}

/**
 * The newest deployment of what is to serve, once ECS lists it.
 *
 * @param before ARN of one that has failed, when ECS was asked again
 */
async function listed(request: RolloutRequest, { ecs, sleep }: RolloutContext, before?: string): Promise<Asked | undefined> {
  for (let waited = 0; ; waited += pollSeconds) {
    const asked = await askedDeployment(ecs, request, request.taskDefinitionArn).catch((error: unknown) => {
      if (saysGone(error) && waited < secondsUntilFound) return "listedLater" as const;
      throw error;
    });
    const isOther =
      asked !== undefined && asked !== "listedLater" && !("deployment" in asked && asked.deployment.serviceDeploymentArn === before);
    if (isOther) return asked;
    if (asked === undefined && before === undefined) return undefined;
    if (waited >= secondsUntilListed) return undefined;
    await sleep(pollSeconds);
  }
}

/** Asks until it has ended, or the time is over. @throws ServiceGone */
async function follow(
  first: ServiceDeployment,
  service: ServiceName,
  context: RolloutContext,
  isOver: () => boolean,
): Promise<ServiceDeployment> {
  let deployment = first;
  let sinceService = 0;
  for (let tripped = 0; ; tripped = hasTripped(deployment) ? tripped + pollSeconds : 0) {
    await context.onProgress?.(deployment);
    if (hasEnded(deployment) || tripped >= secondsUntilRollback || isOver()) return deployment;
    await context.sleep(pollSeconds);
    const described = await describeDeployment(context.ecs, deployment.serviceDeploymentArn!);
    // A service that is deleted takes its deployments along, or leaves them as they were.
    sinceService += described ? pollSeconds : secondsBetweenServices;
    if (sinceService >= secondsBetweenServices) await insistOnService(context.ecs, service);
    sinceService %= secondsBetweenServices;
    deployment = described ?? deployment;
  }
}

/**
 * Whether ECS has given up the tasks, without having gone back to others.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
function hasTripped(deployment: ServiceDeployment): boolean {
  return deployment.deploymentCircuitBreaker?.status === "TRIGGERED" && !isGivenUp(deployment) && !hasEnded(deployment);
}
