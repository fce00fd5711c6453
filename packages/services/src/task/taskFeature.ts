import type { Binding } from "@fairlead/foundation";
import type { CpuArchitecture } from "@fairlead/model";

import type { ContainerArgs } from "./container";

/** How the containers of a task log, if not to the service's log group directly. */
export interface LogConfiguration {
  logDriver: "awsfirelens";
  options: Record<string, string>;
}

/**
 * One capability of a task: variables, secrets and permissions for its containers, a mounted file system, sidecars. What packages/data binds
 * has the same shape.
 */
export interface TaskFeature extends Omit<Binding, "ingress"> {
  /** Containers beside the service's own. They get none of the features' variables. */
  sidecars?: Record<string, ContainerArgs<CpuArchitecture>>;
  logConfiguration?: LogConfiguration;
}
