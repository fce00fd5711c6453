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
}

/** What a plan costs in a month. */
export interface Estimate {
  currency: string;
  /** Day of the oldest price in it. */
  asOf: string;
  region: string;
  items: CostItem[];
  /** Of what is known. */
  total: number;
  /** Declared for this stack, and asked for by nothing in it. */
  unusedUsage: Usage[];
  /** What the estimate takes for granted. */
  assumptions: string[];
}
