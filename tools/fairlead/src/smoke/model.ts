import type { Plan } from "@fairlead/plan";

import type { SmokeAccount } from "./account";
import type { Clone } from "./clone";
import type { PulumiCli } from "./pulumiCli";
import type { ChosenServices } from "./services";

/** How a step ended. */
export type Outcome = "passed" | "failed" | "left out" | "not judged here" | "not run";

/** One step of `fairlead smoke`, as data: the list is in steps.ts. */
export interface SmokeStep {
  title: string;
  /** What is to be seen for it to pass. */
  expectation: string;
  /** How long it may take on AWS, in minutes; an estimate from documents, for the price alone. */
  minutes: number;
  /** Why this stack has nothing for it; undefined where it has. */
  leftOut?(run: SmokeRun): string | undefined;
  /** Why an emulator of AWS's API can't tell. */
  notOnEmulator?: string;
  /** Takes down what the others made: happens after a failure as well. */
  cleansUp?: true;
  /**
   * @returns what was seen
   * @throws StepFailure, LeftOut, or what Pulumi said
   */
  perform(run: SmokeRun): Promise<string>;
}

/** What the steps work with. */
export interface SmokeRun {
  stack: string;
  /** Value of the tag `fairlead:smoke` on all that the run makes. */
  id: string;
  pulumi: PulumiCli;
  clone: Clone;
  plan: Plan;
  services: ChosenServices;
  account: SmokeAccount;
  region: string;
  /** Where AWS's API is an emulator's: its host. */
  emulator: string | undefined;
  /** Ids of the clusters that `destroy` deleted and whose automated backups stay. */
  backedUpClusters: string[];
  /** Waits before AWS is asked again. */
  wait(seconds: number): Promise<void>;
  /** Whether Ctrl-C was pressed since the last step ended. */
  interrupted(): boolean;
}

/** How one step went. */
export interface StepResult {
  title: string;
  expectation: string;
  outcome: Outcome;
  seconds: number;
  /** What was seen, or why it was not looked at. */
  seen: string;
}

/** Something else was seen than what the step expects. */
export class StepFailure extends Error {}

/** The step found that this stack has nothing for it. */
export class LeftOut extends Error {}
