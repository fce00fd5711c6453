import type { Plan } from "@fairlead/plan";
import type { Static } from "@sinclair/typebox";

import type { InPart } from "../notices";
import type { ChangeDocument } from "../report";
import type { ChangeSummary } from "../summary";
import { diffSchema, parts, summarySchema } from "./change";
import { withNamedParts } from "./named";
import { previewSchema } from "./plan";

/** JSON Schemas of what commands print for other programs. */
export const outputSchemas = {
  diff: titled("What `fairlead diff --json` prints", diffSchema),
  summary: titled("What `fairlead diff --summary` prints", summarySchema),
  preview: titled("What `fairlead preview --json` prints", previewSchema),
};

function titled(title: string, schema: object): object {
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title, ...withNamedParts(schema, parts) };
}

/** Every path in a type: what has one more, or one less, is not the same. */
type Paths<T> = T extends readonly (infer I)[]
  ? Paths<I>
  : T extends object
    ? { [K in keyof T & string]-?: K | `${K}.${Paths<NonNullable<T[K]>>}` }[keyof T & string]
    : never;
type Same<A, B> = [Exclude<Paths<A>, Paths<B>>, Exclude<Paths<B>, Paths<A>>] extends [never, never]
  ? true
  : { undocumented: Exclude<Paths<B>, Paths<A>>; gone: Exclude<Paths<A>, Paths<B>> };

/** Does not compile where a schema and what is printed have come apart. */
export const areInStep: [
  Same<Static<typeof diffSchema>, ChangeDocument>,
  Same<Static<typeof summarySchema>, ChangeSummary>,
  Same<Static<typeof previewSchema>, Plan & Partial<Pick<InPart, "leftOut">>>,
] = [true, true, true];
