import type { DeployedService } from "./deployedService";
import type { Task, TaskEnd } from "./task";

/** What lets the tasks of services run, or says that they did. */
export interface Rollouts {
  /** Whether what tasks write is in moto's CloudWatch Logs. */
  readonly keepsLogs: boolean;
  /** A deployment of the service has started. */
  started(service: DeployedService): Promise<void>;
  /** The service is to have another number of tasks. */
  scaled(service: DeployedService): void;
  /** Somebody looks at the service's deployment. */
  looked(service: DeployedService): void;
  stop(service: DeployedService, task: Task, how: TaskEnd): void;
  deleted(service: DeployedService): void;
}
