import { closest, UserError } from "@fairlead/model";

/** Names that somebody may have meant, by what they are. */
type Known = Readonly<Record<string, readonly string[]>>;

/**
 * What to say of names that a stack doesn't have.
 *
 * @param noun what was expected: `service`, `service or job`
 */
export function noSuchName(stack: string, noun: string, unknown: readonly string[], known: Known): UserError {
  const near = unknown.length === 1 ? closest(unknown[0]!, Object.values(known).flat()) : undefined;
  const lists = Object.entries(known).map(([kind, names]) => `${kind}: ${names.join(", ") || "none"}.`);
  const meant = near === undefined ? [] : [`Did you mean "${near}"?`];
  return new UserError([`There is no ${noun} "${unknown.join('", "')}" in ${stack}.`, ...meant, ...lists].join(" "));
}
