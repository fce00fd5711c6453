import type { Place } from "../source/sourceNode";

/** What became of a key. */
export const outcomes = ["exact", "changed", "dropped", "decide", "ignored"] as const;
/**
 * - `exact`: it is said here with the same effect.
 * - `changed`: it is said here otherwise, or with another value.
 * - `dropped`: nothing here does it, and the service runs without it.
 * - `decide`: a person has to do something about it.
 * - `ignored`: the tool that it was written for does nothing with it either.
 */
export type Outcome = (typeof outcomes)[number];

/** What became of one key, or of one resource of an addon. */
export interface Finding {
  outcome: Outcome;
  place: Place;
  /** The key with the keys above it, such as `environments.prod.count`. */
  source: string;
  /** Service or job that it is of; none for what is the environments' or the application's. */
  service?: string;
  /** Environments that it is so in; all where it says none. */
  environments?: readonly string[];
  /** What says it here: a key of service.yaml, or a file. */
  to?: string;
  /** Values, where they are not the same. Never those of secrets. */
  was?: string;
  now?: string;
  /** Why, what is lost, what to do, or how it is known that the tool ignores it. */
  text?: string;
  /** It serves whoever develops alone: what is deployed does not miss it. */
  isDevelopment?: boolean;
}

/** Outcomes that somebody has to read before the service runs here as it did. */
export function isLoss({ outcome, isDevelopment }: Pick<Finding, "outcome" | "isDevelopment">): boolean {
  return (outcome === "dropped" && !isDevelopment) || outcome === "decide";
}
