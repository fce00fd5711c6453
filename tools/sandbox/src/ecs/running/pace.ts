/** How fast time passes for what ECS and the load balancer wait for. */
export interface Pace {
  /** By which their waits are shorter than settings say. */
  factor: number;
  /** The same of waits in which a program starts or is run to check another, which takes the time that it takes: less shortened on a machine that does much else. */
  startFactor: number;
  /** How long an answer is waited for at least, if settings wait as long. */
  answerSeconds: number;
}

/** How long an answer is waited for: shortened, but not below what a program may need. */
export function timeoutSeconds(set: number, { factor, answerSeconds }: Pace): number {
  return Math.max(set * factor, Math.min(set, answerSeconds));
}

/** How long the command of a health check is waited for: starting a process in a container takes longer here than on Fargate, beside many others. */
export function commandSeconds(set: number, { factor, answerSeconds }: Pace): number {
  return Math.max(set * factor, answerSeconds);
}
