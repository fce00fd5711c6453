import { UserError, withoutLogins } from "@fairlead/model";

/** What a person reads of an error: a mistake of theirs is a sentence, anything else needs its stack. It ends up in logs and comments. */
export function textOf(error: unknown): string {
  return withoutLogins(fullTextOf(error));
}

function fullTextOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (isMissingModule(error)) return `${error.message.split("\n")[0]}, which ${error.requireStack[0]} imports.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isMissingModule(error: unknown): error is Error & { requireStack: [string, ...string[]] } {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "MODULE_NOT_FOUND" &&
    "requireStack" in error &&
    [error.requireStack].flat().length > 0
  );
}
