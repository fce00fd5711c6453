import { allows, managedPolicies, type PolicyDocument } from "@fairlead/access";

import { accountIds } from "../account";
import type { Action } from "../aws/actions";
import type { Engine } from "../engine";

/**
 * What a role of the stack `access` would have been refused of all that was asked, an action each. moto lets everybody do everything, so this is
 * asked of the policies themselves.
 *
 * @param access the stack, deployed
 * @param stack the asking one, whose roles have a path of its own
 */
export function refusedTo(access: Engine, role: string, actions: readonly Action[], stack: string): string[] {
  const documents: (PolicyDocument | string)[] = access.policiesOf(role);
  if (access.hasManagedPolicy(role, "PowerUserAccess")) documents.push(managedPolicies.PowerUserAccess);
  const refused = actions.filter(({ action, role: asked }) => {
    const resource = asked === undefined ? undefined : `arn:aws:iam::${accountIds[0]}:role/fairlead/${stack}/${asked}`;
    return !allows(documents, action, resource);
  });
  return [...new Set(refused.map(({ action }) => action))].sort();
}
