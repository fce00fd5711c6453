import type { Claims } from "../../findings/claims";
import type { SourceNode } from "../../source/sourceNode";
import type { Exports } from "./exports";

/** What an addon stands in. */
export interface AddonArgs {
  application: string;
  /** None for an addon of the environments. */
  service: string | undefined;
  /** `Parameters` of its addons.parameters.yml. */
  parameters?: SourceNode;
  /** What the environments' addons export. */
  exports: Exports;
  /** Names of the environments. */
  environments: readonly string[];
  /** Whether a file of the service's source names a variable; undefined where there is no source to look at. */
  isRead: (variable: string) => boolean | undefined;
  claims: Claims;
}
