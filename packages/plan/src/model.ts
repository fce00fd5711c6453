/** The plan: everything that a stack program asks the engine for, as `fairlead preview <stack> --json` prints it. */
export interface Plan {
  version: 1;
  project: string;
  stack: string;
  resources: PlanResource[];
  outputs: Record<string, unknown>;
  /** What the program keeps its services to, which no resource shows: `guardRails` of its composition. */
  guardRails?: Record<string, unknown>;
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
  /** The id under which it is at AWS before Pulumi has it. */
  import?: string;
  /** Of the provider's plugin, where it is another one than for most resources of the package. */
  version?: string;
  /** Where the provider's plugin comes from, where it is not Pulumi's own place. */
  pluginDownloadURL?: string;
  /** URN of the resource with which it goes: Pulumi then only forgets it. */
  deletedWith?: string;
  /** Functions that change what the program asks for, by fingerprints of their code. The plan holds what the program asked for. */
  transforms?: string[];
  /** Functions that run in `up`, by event: their names, and fingerprints of their code. */
  hooks?: Record<string, string[]>;
}

/** Where a value that is known only after apply comes from. */
export interface OutputReference {
  urn: string;
  attribute: string;
}
