import { isMap } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import { asList, lessProtected, opened, unknown } from "../arguments/judge";
import { targetOf } from "../standing";
import type { CreationJudge } from "./around";

/** A rule on a listener that others made: which of their requests it takes is not in the plan. */
export const newListenerRule: CreationJudge = (created, { standing }) => {
  const listener = standing.of(created, "listenerArn");
  return listener && listener.was === undefined
    ? unknown("Its listener is not in the plan: which requests it takes from rules of others can't be told here.")
    : undefined;
};

/** Another door to what was there: firewalls stand before single doors. */
export const newDistribution: CreationJudge = (created, { standing, before, after }) => {
  if (isSet(created.inputs.webAclId)) return undefined;
  const named = originsOf(created);
  const origins = named.filter((origin) => (origin.startsWith("urn:") ? standing.ofUrn(origin) : isOfAws.test(origin)));
  const isFiltered = (other: PlanResource) =>
    other.type === created.type && isSet(other.inputs.webAclId) && originsOf(other).some((origin) => named.includes(origin));
  if (before.some(isFiltered))
    return opened("It passes unfiltered what another distribution asks a firewall about before the same origin.");
  const firewalls = after
    .filter(({ type }) => type === "aws:wafv2/webAclAssociation:WebAclAssociation")
    .map((association) => targetOf(association, "resourceArn"));
  if (origins.some((origin) => firewalls.includes(origin)))
    return lessProtected(
      "The firewall before its origin sees CloudFront's addresses from then on: what it says of clients' own, such as how often they may ask, counts for all of them together.",
    );
  const isInternal = before.some(({ urn, inputs }) => origins.includes(urn) && inputs.internal === true);
  if (isInternal) return lessProtected("What answered inside the network alone can be asked from the internet by it.");
  return origins.length > 0 && !origins.some((origin) => origin.startsWith("urn:"))
    ? unknown("Its origin is not in the plan: whether a firewall stands before that can't be told here.")
    : undefined;
};

const isSet = (value: unknown) => value !== undefined && value !== "";
const isOfAws = /\.amazonaws\.com(\.cn)?$/;

function originsOf({ inputs, propertyDependencies }: PlanResource): string[] {
  const named = asList(inputs.origins)
    .filter(isMap)
    .map(({ domainName }) => referencesIn(domainName)[0]?.urn ?? String(domainName));
  // The engine says a name that it knows, and beside that whose it is.
  return [...named, ...(propertyDependencies.origins ?? [])];
}
