import { UserError } from "@fairlead/model";

/** What a person reads of an error: a mistake of theirs is a sentence, anything else needs its stack. */
export function textOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
