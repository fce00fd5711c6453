import { deploymentValues, withDefaults } from "./serviceValues";

/** What decides how long a rollout may take. */
export interface RolloutPace {
  strategy?: "ROLLING" | "BLUE_GREEN" | "CANARY" | "LINEAR";
  bakeTimeMinutes?: number;
  stepPercent?: number;
  stepBakeTimeMinutes?: number;
  minimumHealthyPercent?: number;
  maximumPercent?: number;
  /** Tasks that the service begins with. */
  desiredCount?: number;
  /** Whether alarms watch it: ECS goes on to watch them after the last task. */
  hasAlarms?: boolean;
  /** Moments at which ECS asks a function of yours whether to go on. */
  hookStages?: number;
}

/** How long a rollout takes beyond what its tasks need, and how long it may take. */
export interface AllowedTime {
  /** Minutes that ECS waits on purpose: steps and bakes. */
  waitingMinutes: number;
  /** Minutes after which nobody follows it any longer; ECS goes on. */
  allowedMinutes: number;
}

/**
 * For the tasks of one wave: to be placed, to pull the image, to start, to become healthy, and for the old ones to drain. The circuit breaker gives up in
 * this time as well: it needs three failed tasks of a small service.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
const minutesOfWave = 20;
/** ECS starts and ends at most 500 tasks of a service a minute; a wave of more takes longer. */
const tasksPerMinute = 500;
/**
 * ECS computes by the alarms how long it watches them, and doesn't say how. Twice what a service's own alarms look back, five minutes.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
const minutesOfAlarms = 10;
/** A function may answer that it is not done yet, and is asked again. Nobody but its author knows how long; ECS allows a day. */
const minutesOfHook = 60;

/** The time that follows from the strategy, its steps and its bakes. */
export function allowedTime(pace: RolloutPace): AllowedTime {
  const { strategy, bakeTimeMinutes, stepPercent, stepBakeTimeMinutes, minimumHealthyPercent, maximumPercent } = withDefaults(
    pace,
    deploymentValues,
  );
  const { desiredCount = 1, hasAlarms = false, hookStages = 0 } = pace;
  const steps = strategy === "LINEAR" ? Math.ceil(100 / stepPercent) - 1 : strategy === "CANARY" ? 1 : 0;
  const waitingMinutes = strategy === "ROLLING" ? 0 : steps * stepBakeTimeMinutes + bakeTimeMinutes;
  // So many percent of the tasks are exchanged at a time.
  const room = Math.max(maximumPercent - minimumHealthyPercent, 1);
  const waves = strategy === "ROLLING" ? Math.ceil(100 / room) : 1;
  const watching = (hasAlarms ? minutesOfAlarms : 0) + hookStages * minutesOfHook;
  const working = waves * minutesOfWave + watching + Math.floor(desiredCount / tasksPerMinute);
  return { waitingMinutes, allowedMinutes: waitingMinutes + working };
}
