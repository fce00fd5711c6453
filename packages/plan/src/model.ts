/** The plan: everything that a stack program asks the engine for, as `fairlead preview <stack> --json` prints it. */
export interface Plan {
  version: 1;
  project: string;
  stack: string;
  resources: PlanResource[];
  outputs: Record<string, unknown>;
}

/** One registered resource. A value that is known only after apply reads `{"$output": "<urn>#<attribute>"}`. */
export interface PlanResource {
  urn: string;
  type: string;
  name: string;
  /** URN of the parent; null for the stack itself. */
  parent: string | null;
  /** True when a provider manages it, false for a component. */
  custom: boolean;
  inputs: Record<string, unknown>;
  /** URNs, sorted. */
  dependencies: string[];
  /** Input name → URNs that the value comes from. */
  propertyDependencies: Record<string, string[]>;
  options: PlanOptions;
}

/** The resource options that were set; what was left out is at the engine's default. */
export interface PlanOptions {
  protect?: boolean;
  retainOnDelete?: boolean;
  ignoreChanges?: string[];
  replaceOnChanges?: string[];
  /** URNs. */
  replaceWith?: string[];
  replacementTrigger?: unknown;
  deleteBeforeReplace?: boolean;
  /** URN of the provider, where it is not the default one of the stack's configuration. */
  provider?: string;
  aliases?: unknown[];
}

/** Where a value that is known only after apply comes from. */
export interface OutputReference {
  urn: string;
  attribute: string;
}
