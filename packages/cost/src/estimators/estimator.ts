import type { Plan, PlanResource } from "@fairlead/plan";

import type { CostItem } from "../model";
import type { PriceKey } from "../prices";
import type { UsageKey } from "../usage";

/** A part as an estimator tells it. */
export interface Part extends Omit<CostItem, "urn" | "decidedBy"> {
  /** Of what can't be known: all that decides it beside `quantity`, as far as the plan says. The resource's own inputs by default. */
  decidedBy?: unknown;
}

/** What an estimator may ask. */
export interface CostContext {
  plan: Pick<Plan, "resources">;
  hoursPerMonth: number;
  fargateSpotShare: number;
  /** What so many units of a price cost; unknown where the file has no such price for the region. */
  cost(what: string, key: PriceKey, units: number): Part;
  /** The same for a volume that the team declares; unknown where it doesn't. */
  declared(what: string, key: PriceKey, usage: UsageKey, unitsEach?: number): Part;
  /** The resource that an input refers to. */
  referred(value: unknown): PlanResource | undefined;
  /** How many tasks the stack's services run, and how large: what follows the tasks follows this. */
  taskDemand(): unknown;
  /** How many tasks the stack's services run. */
  taskCount(): number;
}

/** What one kind of resource costs. An empty list: nothing. */
export type Estimator = (resource: PlanResource, context: CostContext) => Part[];
