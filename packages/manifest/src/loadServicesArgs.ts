import type { UserError } from "@fairlead/model";

import type { Deployer } from "./deployerVariables";
import type { Diagnostic } from "./diagnostic";
import type { ManifestSource } from "./manifestSource";
import type { Merged } from "./merge";
import type { ServiceManifest } from "./schema/service";
import type { EnvironmentDefaults, EnvironmentOffers, ServiceSpec } from "./spec";

/** Which manifests to read, and for which environment. */
export interface LoadServicesArgs {
  /** Folder whose folders hold a service.yaml each. */
  directory: string;
  /** Name of the environment, whose overrides apply. */
  environment: string;
  /** All environments that there are: an override for another one is a mistake. */
  environments: string[];
  defaults: EnvironmentDefaults;
  /** Variables of whoever deploys: manifests read those that they declare. None by default. */
  variables?: Deployer["variables"];
  /** What the environment has for services to name. Nothing by default. */
  offers?: EnvironmentOffers;
  /** Is told what was read, before it is judged: those services, too, that are right beside others with mistakes. */
  onRead?: (services: ReadService[]) => void;
  /** Is told what may be wrong, and stops nothing. */
  onHints?: (hints: Diagnostic[]) => void;
  /**
   * Is told all problems, and which manifests have them: what is returned is then of the others, and of what stands in for these. Without it the problems are
   * thrown.
   */
  onProblems?: (problems: UserError, leftOut: LeftOut[]) => void;
  /** Another text of a manifest that has mistakes, such as the one before a change; undefined where there is none. */
  standIn?: (file: string) => string | undefined;
}

/** One service as it was read, before it is judged together with the others. */
export interface ReadService {
  environment: string;
  source: ManifestSource;
  spec: ServiceSpec;
  merged: Merged<Omit<ServiceManifest, "environments">>;
}

/** A manifest with mistakes, in a plan that is made all the same. */
export interface LeftOut {
  /** Absolute path. */
  file: string;
  /** Whether another text of it stands in; else its service is not in the plan. */
  hasStandIn: boolean;
}

/** Whose variables manifests read. */
export const deployerOf = ({ environment, variables = {} }: LoadServicesArgs): Deployer => ({ environment, variables });
