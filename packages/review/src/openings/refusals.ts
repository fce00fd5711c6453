import type { Severity } from "@fairlead/changes";

import { saysWhere } from "./audience";
import { beyond, isForAllOf, isOnAllOf } from "./coverage";
import { allBut, type Permission } from "./statements";

/** What policies no longer allow, apart from what only fewer may do, and from shells in containers, which no program opens. */
export function refused(was: readonly Permission[], is: readonly Permission[]): Permission[] {
  const isNarrower = (one: Permission) => (other: Permission) =>
    other.principal !== "" && other.effect === "Allow" && isOnAllOf(other, one) && isForAllOf(one, other);
  return beyond(was, is).filter((one) => one.effect === "Allow" && !is.some(isNarrower(one)) && !one.action.startsWith("ssmmessages:"));
}

interface Denials {
  severity: Severity;
  text: string;
  permissions: Permission[];
}

/** What policies deny that they did not. Of what is no longer encrypted on its way nobody is denied who uses an SDK. */
export function newlyDenied(is: readonly Permission[], was: readonly Permission[]): Denials | undefined {
  const permissions = beyond(is, was).filter(
    ({ effect, conditions }) => effect === "Deny" && !conditions.some(({ key }) => key === "aws:securetransport"),
  );
  if (permissions.length === 0) return undefined;
  const locking = permissions.filter(locksOut);
  if (locking.length === 0) return { severity: "interruption", text: "Denied from then on", permissions };
  return {
    severity: "unreachable",
    text: "Denied from then on to whoever is not where the condition says, who deploys among them",
    permissions: locking,
  };
}

/** Whether it denies everything to everybody, at least to those who come from elsewhere: nobody but the account's root changes it back. */
function locksOut({ principal, action, conditions }: Permission): boolean {
  const isAll = /^(\*|\w+:\*)$/.test(action) || action.startsWith(allBut);
  return (principal === "*" || principal.startsWith(allBut)) && isAll && conditions.every(({ key }) => saysWhere.test(key));
}

/** What is allowed by the rest of a policy to those whom a denial kept out until now. To ask for encryption on the way keeps out nobody. */
export function keptOut(denials: readonly Permission[], is: readonly Permission[]): Permission[] {
  const counts = denials.filter(({ conditions }) => !conditions.some(({ key }) => key === "aws:securetransport"));
  return is.filter(
    (permission) =>
      permission.effect === "Allow" && counts.some((denial) => isOnAllOf(denial, permission) || isOnAllOf(permission, denial)),
  );
}
