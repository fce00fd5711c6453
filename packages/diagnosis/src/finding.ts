import type { CauseId, WaitId } from "./causes";

/** What was seen, and where. */
export interface Evidence {
  /** The resource, or the place: an ARN, a log stream. */
  where: string;
  /** AWS's or the program's own words, or a number with its unit. */
  saw: string;
}

/** A change of service.yaml. */
export interface ManifestChange {
  /** Keys from the top, such as `["healthCheck", "path"]`. */
  path: readonly (string | number)[];
  /** Undefined takes the key away. */
  value: unknown;
}

/** Something that is wrong. */
export interface Finding {
  cause: CauseId;
  /** `sure` where AWS or the program says so itself; `perhaps` where it is what usually is behind such a thing. */
  certainty: "sure" | "perhaps";
  /** What is wrong, with its names and numbers, in a sentence. */
  problem: string;
  evidence: Evidence[];
  /** The key of service.yaml that decides it, such as `healthCheck.path`. None where the manifest doesn't decide it. */
  key?: string;
  /** What to change in service.yaml. */
  changes?: ManifestChange[];
  /** What to do, in a sentence. */
  fix: string;
  /** Commands that do it, where the manifest doesn't decide it. */
  commands?: string[];
  /** The more, the likelier the root of what else is seen. For the order alone. */
  weight: number;
}

/** Something that goes on. */
export interface Wait {
  wait: WaitId;
  /** What, and until when, in a sentence. */
  what: string;
}
