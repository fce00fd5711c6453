/** What a stopped container left behind. */
export interface Remains {
  exitCode?: number;
  /** In ECS's words. */
  reason: string;
  /** The last that it logged. */
  lines: readonly string[];
}

/** What is wrong, by an id that programs compare. */
export type LikelyCauseId =
  | "image-architecture"
  | "image-missing"
  | "secrets-unreachable"
  | "out-of-memory-task"
  | "killed"
  | "segmentation-fault"
  | "script-line-endings"
  | "shared-library-missing"
  | "module-missing"
  | "read-only-file-system"
  | "user-missing"
  | "privileged-port"
  | "port-in-use"
  | "disk-full"
  | "ulimits"
  | "program-not-executable"
  | "interpreter-or-loader-missing"
  | "program-missing"
  | "database-connections"
  | "database-password"
  | "task-role-permission"
  | "calls-throttled"
  | "unresolvable-name"
  | "dependency-unreachable"
  | "user-rights"
  | "exits-as-done";

/** Why a container ended, as far as there is a usual reason. */
export interface LikelyCause {
  id: LikelyCauseId;
  cause: string;
  /** What to do, where it is more than the cause's opposite. */
  fix?: string;
  /** Whether the container's own words prove it, so that it is more than what such an exit code usually means. */
  said?: true;
}
