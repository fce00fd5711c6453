import { isMap } from "@fairlead/model";

import { exampleAccountId } from "./invokes";
import type { Plan } from "./model";

/**
 * Two plans of which one's stack alone says its account, as both are there: whoever deploys decides which it is, and to say it moves nothing. The example
 * account is nobody's, so it is the said one wherever it stands.
 *
 * @param accounts that the stack of each allows
 */
export function inSaidAccount(plans: [Plan, Plan], accounts: readonly [readonly string[], readonly string[]]): [Plan, Plan] {
  const [was, is] = accounts;
  const said = was.length > 0 ? was[0]! : is[0];
  if (was.length > 0 === is.length > 0 || said === undefined || said === exampleAccountId) return plans;
  return [inAccount(plans[0], said), inAccount(plans[1], said)];
}

function inAccount(plan: Plan, account: string): Plan {
  const said = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(exampleAccountId, account);
    if (Array.isArray(value)) return value.map(said);
    return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, said(item)])) : value;
  };
  return {
    ...plan,
    resources: plan.resources.map((resource) => ({ ...resource, inputs: said(resource.inputs) as Record<string, unknown> })),
    outputs: said(plan.outputs) as Record<string, unknown>,
  };
}
