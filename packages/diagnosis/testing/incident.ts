import type { CauseId, WaitId } from "../src/causes";
import type { ServiceScene } from "./scenes/serviceScene";

/** What the doctor should say of an incident. */
export type Expectation =
  /** The first cause named is one of these: several only where what AWS shows can't tell them apart. */
  | { first: readonly CauseId[] }
  /** Each of these is among the first two: an incident of two causes. */
  | { withinTwo: readonly CauseId[] }
  /** No cause. What goes on must be among the waits that are told, where that is said. */
  | { nothing: true; waits?: readonly WaitId[] };

/** A service as AWS shows it at one moment, and what is right to say of it. */
export interface Incident {
  /** What happened, in one sentence: the test's title. */
  title: string;
  /** Where it is known from: an address of a document or of somebody's report; `made up` for those of our own. */
  source: string;
  expect: Expectation;
  /** Texts that must stand in the evidence or the fix: a name, a number, a path. None by default. */
  mentions?: readonly string[];
  /** Makes the service, healthy, and changes what is otherwise. */
  scene(): ServiceScene;
}

/** Checks an incident's type where it is written. */
export const incident = (incident: Incident): Incident => incident;
