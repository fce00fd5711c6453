import { createHash } from "node:crypto";

/** A resource of a stack's state, as `pulumi stack export` has it. */
export interface StoredResource {
  urn: string;
  type: string;
  id?: string;
  custom?: boolean;
  parent?: string;
  /** Whether Pulumi refuses to delete or replace it. */
  protect?: boolean;
  /** When Pulumi created it, or its replacement. */
  created?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/**
 * What tells a resource from its replacement. An id does not always: that of a task definition is its family, that of a service its name, whichever
 * revision it is.
 */
export function identityOf({ urn, id, created, outputs }: StoredResource): string {
  return [urn, id, outputs?.arn, created].filter((part) => typeof part === "string").join(" ");
}

/** What tells a resource from what a change made of it: its identity, and a digest of all that the state says of it. */
export function versionOf(resource: StoredResource): string {
  const { inputs, outputs } = resource;
  const text = JSON.stringify([inputs, outputs], (key, value: unknown) => (key === "ciphertext" ? undefined : sorted(value)));
  return `${identityOf(resource)} ${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
}

/** The engine encrypts a secret anew each time, and promises no order of keys. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is in one list of lines and not in the other. */
export function differences(before: readonly string[], after: readonly string[]): string[] {
  return [...before.filter((line) => !after.includes(line)), ...after.filter((line) => !before.includes(line))];
}
