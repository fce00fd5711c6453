/** Limits that the platform team sets for an environment's services. What is left out is not limited. */
export interface GuardRails {
  /** Whether each service must name an `owner`. */
  requireOwner?: boolean;
  /** Tags that each service must have. */
  requiredTags?: string[];
  /** CPU units of a task at most. */
  maxCpu?: number;
  /** Memory of a task at most. */
  maxMemoryMiB?: number;
  /** Tasks of one service at most, with scaling as well. */
  maxCount?: number;
}

/** Guard rails with where they are set, for messages that name whose they are. */
export interface SetGuardRails extends GuardRails {
  environment: string;
  /** File, relative to the repository. */
  setIn: string;
}
