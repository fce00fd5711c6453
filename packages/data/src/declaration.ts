import type { LogSettings } from "@fairlead/foundation";
import type { DataKind } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import type * as pulumi from "@pulumi/pulumi";

import type { Bindable } from "./bindable";

/** What an environment decides for all of its data. */
export interface DataSettings {
  network: Network;
  kmsKeyArn?: pulumi.Input<string>;
  /** Refuses deletion of what holds data. */
  deletionProtection: boolean;
  accessLogsBucket?: pulumi.Input<string>;
  /** How the logs of databases are kept. 30 days by default. */
  logs?: LogSettings;
}

/**
 * A data resource that is declared and not made yet: manifests are checked against its name and kind before the first resource exists.
 */
export interface DataDeclaration<B extends Bindable = Bindable> {
  kind: DataKind;
  /** Topics that it names, which must be declared before it. None by default. */
  topics?: readonly string[];
  /** `made`: what was declared before it. */
  create(name: string, settings: DataSettings, made: ReadonlyMap<string, Bindable>): B;
}

/** The arguments that a declaration takes: all but those that the environment decides. */
export type Own<Args> = Omit<Args, "network" | "kmsKeyArn" | "deletionProtection" | "accessLogsBucket" | "logs">;
