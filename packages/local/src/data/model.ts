import type { ComposeMount, ComposePart, ComposeService, DependencyCondition } from "../compose/model";
import type { LocalSettings } from "../settings";
import type { Task } from "../task/task";

/** What stands on this machine for a database, a queue or another resource that services use. */
export interface LocalData {
  /** URNs of the plan's resources that it stands for. A task that refers to one of them uses it. */
  resources: string[];
  /** URNs of tasks' roles that have rights on some of it, without which nobody calls AWS's API. A task with one of them uses it too. */
  roles?: string[];
  /** Values of their attributes, by `<urn>#<attribute>`, as tasks get them. {@link awsEndpoint} in one is replaced. */
  outputs: Record<string, string>;
  /** Values of secrets, by `<urn>#arn` of the secret and the JSON key after it: `<urn>#arn:password`. */
  secrets: Record<string, string>;
  part: ComposePart;
  /** What a task that uses it waits for. */
  dependsOn: Record<string, { condition: DependencyCondition }>;
  /** Variables that such a task gets beside those of its definition. */
  environment: Record<string, string>;
  /** The same for mounts. */
  mounts: ComposeMount[];
}

/** What the parts of an environment have to know of its tasks. */
export interface DataContext {
  settings: LocalSettings;
  /**
   * The networks for a container that stands for something with these security groups: of each task that they let in, under these names.
   */
  networksFor(securityGroups: readonly string[], aliases: readonly string[]): NonNullable<ComposeService["networks"]>;
  /** The networks of tasks, each with the address by which {@link awsEndpoint} is replaced. */
  networksOfEndpoint(isUser: (task: Task) => boolean): NonNullable<ComposeService["networks"]>;
}

/** Stands in outputs and variables for the address of AWS's API, which is another one in each task's network: an SDK speaks plain paths to addresses alone. */
export const awsEndpoint = "${aws-endpoint}";
