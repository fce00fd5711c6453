import type { Usage } from "./usage";

/** A part of what a resource costs. */
export interface CostItem {
  urn: string;
  /** Such as `3 tasks of 0.5 vCPU and 1 GiB, ARM64`. */
  what: string;
  /** Per month, in the price file's currency; undefined where it can't be known. */
  monthly?: number;
  /** Why it can't be known. */
  unknown?: string;
  /** Of what can't be known: a digest of all that decides it, as far as the plan says. Where it is the same on both sides of a change, so is the cost. */
  decidedBy?: string;
  /** Of what can't be known and costs more the more there is of something: how much there is, which `decidedBy` leaves out. */
  quantity?: number;
}

/** What a plan costs in a month. */
export interface Estimate {
  currency: string;
  /** Day of the oldest price in it; undefined where no price counts. */
  asOf?: string;
  region: string;
  /** Whether the file has prices of the region. */
  isPriced: boolean;
  items: CostItem[];
  /** Of what is known. */
  total: number;
  /** Declared for this stack, and asked for by nothing in it. */
  unusedUsage: Usage[];
  /** Declared under a name that a resource had, and counted for it all the same: the entry's resource, and its name now. */
  outdatedUsage: { resource: string; now: string }[];
  /** What the estimate takes for granted. */
  assumptions: string[];
}
