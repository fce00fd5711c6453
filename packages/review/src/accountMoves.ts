import type { Danger } from "./danger";
import { elsewhere, ofStack } from "./ofStack";

/** Whether a stack, or a provider, may go to other accounts than before. */
export function accountMoves(was: readonly string[], is: readonly string[]): Danger[] {
  if (was.length === 0 || (is.length > 0 && is.every((account) => was.includes(account)))) return [];
  if (is.length > 0 && !is.some((account) => was.includes(account))) {
    const text = "Nothing of this stack is there: the engine finds none of its resources and makes all of them anew, or fails.";
    return [elsewhere("account", `moves the stack from account ${was.join(" or ")} to ${is.join(" or ")}`, text)];
  }
  const title =
    is.length === 0
      ? "lets the credentials alone decide the account"
      : `lets the stack go to account ${is.filter((id) => !was.includes(id)).join(", ")} as well`;
  return [ofStack("lessProtected", title, `Until now it refused all but ${was.join(", ")}.`, ["aws:allowedAccountIds"])];
}
