import { readFileSync } from "node:fs";
import { join } from "node:path";

import { generators as listed } from "../../generators.json";

/** A generator, and what it asks for: what a command line is made from. */
export interface Generator {
  readonly kind: string;
  readonly description: string;
  readonly schema: Schema;
}

/** What of a generator's schema.json a command line needs. */
export interface Schema {
  readonly properties: Record<string, Property>;
  readonly required: readonly string[];
}

export interface Property {
  readonly description: string;
  readonly default?: string;
  /** Several where nx takes a text of digits for a number. */
  readonly type: string | readonly string[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  /** Given without a flag. */
  readonly $default?: { readonly $source: "argv" };
  readonly "x-prompt"?: string | { readonly items?: readonly { readonly value: string }[] };
}

/** The generators of this plugin, as nx reads them. */
export const generators: readonly Generator[] = Object.entries(listed).map(([kind, { description, schema }]) => ({
  kind,
  description,
  schema: JSON.parse(readFileSync(join(__dirname, "../..", schema), "utf8")) as Schema,
}));

/** What may be given for an option; undefined where anything may. */
export function choicesOf({ enum: values, "x-prompt": prompt }: Property): readonly string[] | undefined {
  return values ?? (typeof prompt === "object" ? prompt.items?.map(({ value }) => value) : undefined);
}
