/** What somebody meets by a change. Services and jobs are named as their manifests name them, other parts of a stack by their resource. */
export type Fact =
  RolloutFact | DependentsFact | NameFact | PermissionsFact | ReachFact | VariablesFact | JobFact | OutputsFact | RollbackFact;

/** How tasks are exchanged: an estimate from what the plan sets. */
export interface RolloutFact {
  kind: "rollout";
  of: string;
  seconds: number;
  /** Tasks that it begins with. A scaled service may have more. */
  tasks: number;
  /** As few of them may serve meanwhile. */
  serving: number;
  /** Seconds that the estimate is made of. Those for a task to start are assumed. */
  from: { starting: number; untilHealthy: number; draining: number; waiting: number; waves: number };
  /** Functions are asked whether to go on, for as long as they like. */
  hasHooks: boolean;
}

/** Who calls a service whose tasks are exchanged, or which goes. */
export interface DependentsFact {
  kind: "dependents";
  of: string;
  callers: string[];
  /** Whether it is no longer there under this name. */
  goes: boolean;
}

/** A name by which something is found. */
export interface NameFact {
  kind: "name";
  of: string;
  name: string;
  /** `Cloud Map`, `Service Connect`, `Route 53 A` */
  by: string;
  /** The name that takes its place, where one does. */
  now?: string;
  /** Services that had it in a variable, or called what had it. */
  users: string[];
  /** Those that have it in a variable still. */
  stillUsedBy: string[];
}

/** What a program may do. */
export interface Permission {
  /** `send to`; an action of AWS's where there is no word for it. */
  what: string;
  /** `queue report-requests` */
  on: string;
}

/** What the program of a service may do that it could not, and the other way round. */
export interface PermissionsFact {
  kind: "permissions";
  of: string;
  gains: Permission[];
  loses: Permission[];
}

/** What a service may connect to that it could not, and the other way round. */
export interface ReachFact {
  kind: "reach";
  of: string;
  /** `Postgres accounts on port 5433` */
  gains: string[];
  loses: string[];
  /** What is left of what it loses, where it is less. */
  keeps: string[];
}

/** Variables that a container gets beside those of its manifest. Never their values. */
export interface VariablesFact {
  kind: "variables";
  of: string;
  gains: string[];
  loses: string[];
  changes: string[];
  /** Those of them that are secrets. */
  secrets: string[];
}

/** A job that runs in this `up`, or at other times from then on. */
export interface JobFact {
  kind: "job";
  of: string;
  /** Services that wait for it. */
  before: string[];
  timeoutMinutes?: number;
  /** When it runs by itself, where that changes. */
  schedule?: { before: string | undefined; after: string | undefined };
}

/** Another stack that reads outputs which change. */
export interface OutputsFact {
  kind: "outputs";
  of: string;
  /** Those that it reads and that change. */
  outputs: string[];
  /** Those of them that are there no more. */
  gone: string[];
}

/** `migrated`: a job changes data first. */
export type RollbackReason = "deleted" | "replaced" | "upgraded" | "migrated" | "rotated";

/** Why what ran before doesn't come back by going back to the program before. */
export interface RollbackFact {
  kind: "rollback";
  of: string;
  reasons: { what: string; why: RollbackReason; /** From one version to another. */ detail?: string }[];
}
