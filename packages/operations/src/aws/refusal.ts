import { UserError } from "@fairlead/model";

import { awsProblem } from "./awsProblem";
import { notLoggedIn } from "./stackAccount";

/**
 * What to say where AWS refuses what it is asked: a sentence, with the permission that it takes. Anything else stays as it is.
 *
 * @param stack named where AWS doesn't know who asks
 */
export function refusal(stack: string, error: unknown): unknown {
  if (error instanceof UserError || !(error instanceof Error) || !("$metadata" in error)) return notLoggedIn(stack, error);
  const { kind, action, message } = awsProblem(error);
  if (kind === "credentials" || kind === "unreachable") return notLoggedIn(stack, error);
  return new UserError(kind === "denied" ? `These credentials lack ${action ?? "a permission"}: ${message}` : `AWS refuses: ${message}`);
}
