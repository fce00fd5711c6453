import type { Task } from "./endedTasks";

/** How a task that stopped ended. */
export type Stop =
  /** ECS never got its containers to run. */
  | "notStarted"
  /** A container ended by itself. */
  | "ended"
  /** ECS stopped it because the load balancer found it unhealthy. */
  | "unhealthyTarget"
  /** ECS stopped it because its container's health check failed. */
  | "unhealthyContainer"
  /** Scaling, a deployment, somebody, Spot, maintenance: nothing is wrong with it. */
  | "ordinary";

/** How a task stopped, by ECS's code and words. */
export function stopOf({ stopCode, stoppedReason = "", containers = [], desiredStatus, lastStatus }: Task): Stop {
  if (/failed ELB health checks|unhealthy in .*target-group/i.test(stoppedReason)) return "unhealthyTarget";
  if (/failed container health checks/i.test(stoppedReason)) return "unhealthyContainer";
  if (stopCode === "TaskFailedToStart") return "notStarted";
  if (ordinaryCodes.has(stopCode ?? "") || ordinaryWords.test(stoppedReason)) return "ordinary";
  if (stopCode === "EssentialContainerExited" || /essential container in task exited/i.test(stoppedReason)) return "ended";
  if (/(CannotPull|CannotStart|CannotCreate|CannotInspect)\w*Error|ResourceInitializationError|^Timeout waiting/i.test(stoppedReason))
    return "notStarted";
  if (containers.some(({ reason = "" }) => /OutOfMemory|Cannot\w+Error/.test(reason))) return "ended";
  return desiredStatus === "STOPPED" && lastStatus !== "STOPPED" ? "ordinary" : stopCode === undefined ? "notStarted" : "ordinary";
}

const ordinaryCodes = new Set([
  "ServiceSchedulerInitiated",
  "UserInitiated",
  "SpotInterruption",
  "TerminationNotice",
  "InfrastructureHealth",
]);
const ordinaryWords = /^Scaling activity initiated by|host .*(terminated|stopped)|Task stopped by user|maintenance|Spot (task|instance)/i;

/** Whether a task stopped for a fault. */
export function hasFailed(task: Task): boolean {
  const stop = stopOf(task);
  if (stop !== "ended") return stop !== "ordinary";
  // A job's container that ended well.
  return !(task.group?.startsWith("family:") && (task.containers ?? []).every(({ exitCode }) => exitCode === 0 || exitCode === undefined));
}
