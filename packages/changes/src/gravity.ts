// Also bundled for the report's page: nothing of Node in here.
import type { Operation } from "./model";

/** From what matters least: what is new hurts nobody yet. */
const gravity: readonly Operation[] = ["same", "create", "update", "replace", "delete"];

/** The gravest first. */
export function byGravity(a: Operation, b: Operation): number {
  return gravity.indexOf(b) - gravity.indexOf(a);
}
