import type { ResourceChange } from "@fairlead/changes";
import { allowedTime, deploymentValues, healthCheckValues, type RolloutPace } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import { asList } from "../arguments/judge";
import { containersOf } from "./containers";
import type { RolloutFact } from "./facts";
import type { Pair, Sides } from "./sides";

/** For a task to be placed, to pull its image and to begin. Nobody knows how long an image takes. */
const secondsToStart = 60;
/** What AWS waits where a target group doesn't say it. */
const usualDrain = 300;

/** How long each rollout takes, and how much may be missing meanwhile. One that begins with no task, or can't go on, has no such time. */
export function rolloutFacts({ pairs, changes }: Sides): RolloutFact[] {
  const byUrn = new Map(changes.after.resources.map((resource) => [resource.urn, resource]));
  const changed = new Map(changes.resources.map((change) => [change.urn, change]));
  return pairs.flatMap((pair) => (pair.change.rollout === undefined ? [] : (factOf(pair, byUrn, changed) ?? [])));
}

function factOf(
  { name, after: { resources } }: Pair,
  byUrn: ReadonlyMap<string, PlanResource>,
  changed: ReadonlyMap<string, ResourceChange>,
): RolloutFact | undefined {
  const service = resources.find(({ type }) => type === "aws:ecs/service:Service");
  // What is replaced ends before it starts anew; a danger says so.
  if (!service || changed.get(service.urn)?.operation !== "update") return undefined;
  const { inputs } = service;
  const tasks = Number(resources.find(isScaling)?.inputs.minCapacity ?? inputs.desiredCount ?? 1);
  const pace = paceOf(inputs);
  const waves = wavesOf(tasks, pace);
  if (!(tasks > 0) || !waves) return undefined;
  const targetGroups = asList(inputs.loadBalancers)
    .flatMap((each) => referencesIn(each).flatMap(({ urn }) => byUrn.get(urn) ?? []))
    .filter(({ type }) => type === "aws:lb/targetGroup:TargetGroup");
  const definition = referencesIn(inputs.taskDefinition).flatMap(({ urn }) => byUrn.get(urn) ?? [])[0];
  const untilHealthy = Math.max(
    0,
    ...targetGroups.map(untilTargetHealthy),
    ...(definition ? containersOf(definition) : []).map(({ healthCheck }) => (healthCheck ? Number(healthCheck.interval ?? 30) : 0)),
  );
  const draining = Math.max(0, ...targetGroups.map(({ inputs: group }) => Number(group.deregistrationDelay ?? usualDrain)));
  const waiting = allowedTime(pace).waitingMinutes * 60;
  const drains = waves.endsFirst ? waves.count : 1;
  return {
    kind: "rollout",
    of: name,
    seconds: waves.count * (secondsToStart + untilHealthy) + drains * draining + waiting,
    tasks,
    serving: waves.serving,
    from: { starting: secondsToStart, untilHealthy, draining, waiting, waves: waves.count },
    hasHooks: asList((inputs.deploymentConfiguration as Deployment | undefined)?.lifecycleHooks).length > 0,
  };
}

const isScaling = ({ type, inputs }: PlanResource) =>
  type === "aws:appautoscaling/target:Target" && inputs.scalableDimension === "ecs:service:DesiredCount";

/**
 * ECS asks a new target as often as its health check says before it counts as healthy.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html
 */
function untilTargetHealthy({ inputs }: PlanResource): number {
  const { healthyThreshold, interval } = (inputs.healthCheck ?? {}) as { healthyThreshold?: number; interval?: number };
  return Number(healthyThreshold ?? 5) * Number(interval ?? healthCheckValues.intervalSeconds.default * 2);
}

interface Deployment {
  strategy?: RolloutPace["strategy"];
  bakeTimeInMinutes?: unknown;
  canaryConfiguration?: { canaryBakeTimeInMinutes?: unknown };
  linearConfiguration?: { stepPercent?: unknown; stepBakeTimeInMinutes?: unknown };
  lifecycleHooks?: unknown;
}

function paceOf(inputs: Record<string, unknown>): Required<Pick<RolloutPace, "minimumHealthyPercent" | "maximumPercent">> & RolloutPace {
  const { strategy, bakeTimeInMinutes, canaryConfiguration, linearConfiguration } = (inputs.deploymentConfiguration ?? {}) as Deployment;
  const step = canaryConfiguration?.canaryBakeTimeInMinutes ?? linearConfiguration?.stepBakeTimeInMinutes;
  const number = (value: unknown) => (value === undefined ? undefined : Number(value));
  return {
    strategy: strategy ?? deploymentValues.strategy.default,
    bakeTimeMinutes: number(bakeTimeInMinutes),
    stepPercent: number(linearConfiguration?.stepPercent),
    stepBakeTimeMinutes: number(step),
    minimumHealthyPercent: number(inputs.deploymentMinimumHealthyPercent) ?? deploymentValues.minimumHealthyPercent.default,
    maximumPercent: number(inputs.deploymentMaximumPercent) ?? deploymentValues.maximumPercent.default,
  };
}

/**
 * ECS rounds up how many tasks must stay, and down how many there may be. What shifts traffic has all tasks twice.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
function wavesOf(tasks: number, { strategy, minimumHealthyPercent, maximumPercent }: ReturnType<typeof paceOf>) {
  if (strategy !== "ROLLING") return { count: 1, serving: tasks, endsFirst: false };
  const least = Math.ceil((tasks * minimumHealthyPercent) / 100);
  const most = Math.floor((tasks * maximumPercent) / 100);
  if (most <= least) return undefined;
  return { count: Math.ceil(tasks / (most - least)), serving: Math.min(least, tasks), endsFirst: most <= tasks };
}
