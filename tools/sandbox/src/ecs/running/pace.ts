/** How fast time passes for what ECS and the load balancer wait for. */
export interface Pace {
  /** By which their waits are shorter than settings say. */
  factor: number;
  /** What a program may need to start on a machine that does much else. A check that fails earlier would tell of the machine, and not of the program. */
  startSeconds: number;
  /** What it may need to answer. */
  answerSeconds: number;
}

/** How long a check that fails is let pass after a start. */
export function graceSeconds(set: number, { factor, startSeconds }: Pace): number {
  return Math.max(set * factor, Math.min(set, startSeconds));
}

/** How long an answer is waited for. */
export function timeoutSeconds(set: number, { factor, answerSeconds }: Pace): number {
  return Math.max(set * factor, answerSeconds);
}
