import type { Counts, Operation, PropertyChange } from "@fairlead/changes";

import type { Box } from "../boxes";
import type { CostChange } from "../costs";

/** What the page holds ready. What only a look at one part needs is packed, for each part by itself. */
export interface PageData {
  title: string;
  from: string;
  to: string;
  /** Whether two states are compared, or one is shown. */
  compares: boolean;
  stacks: (PageStack | { stack: string; failure: string })[];
}

/** One stack. */
export interface PageStack {
  stack: string;
  counts: Counts;
  countsText: string;
  /** `stop – data would be lost` */
  verdict: string;
  cost: CostChange & { assumptions: string[]; leftOut: string[] };
  dangers: { severity: string; title: string; forcedBy: string[]; text: string }[];
  /** In the services' words. */
  services: string[];
  /** Who meets what. */
  affected: string[];
  /** Requests that another one answers than before. */
  requests: string[];
  others: string[];
  /** What images must meet. */
  requirements: string[];
  /** What of images is let through although something is known against it. */
  allowances: string[];
  mandatory: boolean;
  policies: {
    control: string;
    title: string;
    name: string;
    area: number;
    problem: string;
    fix: string;
    isNew: boolean;
    exception?: string;
  }[];
  areas: PageArea[];
  nodes: PageNode[];
  /** Places of two nodes. */
  edges: [number, number][];
}

/** A part of a stack, such as a service. */
export interface PageArea {
  kind: string;
  name: string;
  operation: Operation;
  cost: CostChange;
  /** Type as text, name and operation of each resource in it. */
  resources: [type: string, name: string, operation: Operation][];
  /** {@link PageDetails}, as JSON, packed with gzip, in Base64. */
  details: string;
}

/** What a part holds, in full. */
export interface PageDetails {
  /** In the order of the part's resources. */
  resources: { urn: string; inputs: unknown; properties: PropertyChange[] }[];
  images: { container: string; image: string; platforms: string[]; cpuArchitecture: string; covers?: boolean }[];
  costs: { what: string; monthly?: number; unknown?: string }[];
}

/** A node of the picture. */
export interface PageNode extends Omit<Box, "id"> {
  /** The part that it stands for; -1 for the internet. */
  area: number;
  /** Of a service: whose it is, where its manifest says so. */
  owner?: string;
}
