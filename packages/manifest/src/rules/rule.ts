import type { Diagnostic } from "../diagnostic";
import type { EnvironmentOffers, ServiceSpec } from "../spec";

/** Says where a key of the merged manifest comes from: the environment's override if it is set there, else the base. */
export type Locate = (path: (string | number)[]) => { file: string; line: number; column: number };

/** What a rule looks at. */
export interface RuleContext {
  spec: ServiceSpec;
  offers: EnvironmentOffers;
  /** Names of all services. */
  services: ReadonlySet<string>;
  locate: Locate;
  /** The same of a key, rather than of its value. */
  locateKey: Locate;
  /** Keys as written, before any default. */
  written: ReadonlySet<string>;
}

/** What one spec must hold by itself, whatever the other services are. */
export type Rule = (context: RuleContext) => Diagnostic[];
