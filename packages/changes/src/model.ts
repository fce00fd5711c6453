import type { Plan, PlanResource } from "@fairlead/plan";

/** What happens to a resource, in the engine's words. */
export type Operation = "create" | "update" | "replace" | "delete" | "same";

/** One value that differs. `undefined` where there is none. */
export interface PropertyChange {
  /** Such as `containerDefinitions.api.environment.LOG_LEVEL`: items of a list by their name where they have one, else by their place. */
  path: string;
  before: unknown;
  after: unknown;
  /** Its text is the same, and what it refers to will be another value. */
  knownAfterApply?: boolean;
  /** Both are secrets: that they are not the same is all that is told. */
  isSecret?: boolean;
  /** What both values are fingerprints of, where they say nothing by themselves. */
  fingerprintOf?: string;
  /** Whether this makes the provider replace the resource; undefined where the plan can't tell. */
  replaces: boolean | undefined;
}

/** What happens to one resource. */
export interface ResourceChange {
  urn: string;
  type: string;
  name: string;
  operation: Operation;
  /** As it is; undefined where it is created. */
  before?: PlanResource;
  /** As it will be; undefined where it is deleted. */
  after?: PlanResource;
  properties: PropertyChange[];
}

/** Everything that happens to a stack: two plans, and each resource of either. */
export interface ChangeSet {
  project: string;
  stack: string;
  /** Who said what happens: the comparison of two embedded plans, or the real engine. */
  source: "embedded" | "engine";
  before: Plan;
  after: Plan;
  /** In the order of the plans; those that go follow. */
  resources: ResourceChange[];
}
