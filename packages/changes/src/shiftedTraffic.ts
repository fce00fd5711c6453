import type { Loss } from "@fairlead/model/awsTypes";

import type { ChangeSet, ResourceChange } from "./model";

/** What a listener rule forwards to, as far as it is read here. */
interface ForwardingRule {
  actions?: { forward?: { targetGroups?: unknown[] } }[];
}

const listenerRule = "aws:lb/listenerRule:ListenerRule";
/** What brings the traffic to the first target group before the rules name that alone. */
const returnedTraffic = /[:$]pulumi-nodejs:dynamic\/fairlead:ReturnedTraffic::/;
const targetGroupsOf = ({ actions }: ForwardingRule = {}) => actions?.[0]?.forward?.targetGroups ?? [];

/**
 * What follows where a rule that ECS shifted between two target groups gets one alone. A plan doesn't know on which of them traffic is: each
 * deployment moves it to the other.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-bluegreen-to-rolling.html
 */
export function endOfShifts({ type, before, after }: Pick<ResourceChange, "type" | "before" | "after">): Loss | undefined {
  if (type !== listenerRule || !before || !after) return undefined;
  if (targetGroupsOf(before.inputs).length < 2 || targetGroupsOf(after.inputs).length > 1) return undefined;
  const shifted = "Each deployment moved traffic to the other of two target groups, and the second goes. If traffic is there,";
  if (after.dependencies.some((urn) => returnedTraffic.test(urn)))
    return { severity: "routine", text: `${shifted} \`up\` brings it back first, by one more deployment of what runs.` };
  const text =
    `${shifted} requests are answered 503 until tasks are healthy in the first. In two steps there is no gap: bring out one more revision while the strategy is as it is, ` +
    "which moves traffic to the first; then change the strategy.";
  return { severity: "interruption", text };
}

/**
 * Rules that begin with all traffic on the first of two target groups which are there already, such as one on another listener. An earlier deployment
 * may have left the tasks in the second. A rule for the test header is none: nobody but a tester comes that way.
 */
export function restartedShifts({ resources }: Pick<ChangeSet, "resources">): ResourceChange[] {
  const isNew = ({ operation }: ResourceChange) => operation === "create" || operation === "replace";
  const newUrns = new Set(resources.filter(isNew).map(({ urn }) => urn));
  return resources.filter((change) => {
    const { type, after } = change;
    if (type !== listenerRule || !isNew(change) || !after || targetGroupsOf(after.inputs).length < 2) return false;
    const conditions = (after.inputs.conditions ?? []) as { httpHeader?: unknown }[];
    const targetGroups = after.propertyDependencies.actions ?? [];
    return !conditions.some(({ httpHeader }) => httpHeader) && targetGroups.length > 0 && !targetGroups.some((urn) => newUrns.has(urn));
  });
}
