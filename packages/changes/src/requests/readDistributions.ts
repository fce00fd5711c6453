import { isMap } from "@fairlead/model";
import { isReference, referencesIn, type Plan } from "@fairlead/plan";

import type { Condition, LoadBalancer, Outcome, Rule } from "./model";
import { guardsOfBehavior } from "./readGuards";

const distribution = "aws:cloudfront/distribution:Distribution";

/**
 * CloudFront's distributions as load balancers of one port: their cache behaviors are asked in their order, each for a path of one of the names that the distribution
 * answers to, and the default one after them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function readDistributions({ resources }: Pick<Plan, "resources">): LoadBalancer[] {
  return resources
    .filter(({ type }) => type === distribution)
    .map(({ urn, name, inputs }): LoadBalancer => {
      const { aliases = [], origins, orderedCacheBehaviors = [], defaultCacheBehavior, enabled } = inputs;
      const hosts = namesIn(aliases);
      const behaviors = Array.isArray(orderedCacheBehaviors) ? orderedCacheBehaviors : [undefined];
      const rules = [...behaviors, defaultCacheBehavior].map((behavior, index): Rule => ({
        urn: `${urn} ${index}`,
        priority: index,
        conditions: [...hosts, ...(index < behaviors.length ? [pathOf(behavior)] : [])],
        outcome: guarded(originOf(behavior, origins), behavior, inputs),
        isTest: false,
      }));
      // A name that is not its own is refused.
      const listener = {
        port: 443,
        protocol: "HTTPS",
        rules,
        defaultOutcome: { kind: "fixedResponse", statusCode: 403 } as const,
        hasOtherRules: false,
      };
      return { key: urn, name, isDistribution: true, internal: false, listeners: enabled === false ? [] : [listener] };
    });
}

function guarded(outcome: Outcome, behavior: unknown, inputs: Record<string, unknown>): Outcome {
  const guards = guardsOfBehavior(behavior, inputs);
  return outcome.kind === "forward" && guards.length > 0 ? { ...outcome, guards } : outcome;
}

/** Its own name is known only after apply, and every one of them ends so. */
const ownName = "*.cloudfront.net";

function namesIn(aliases: unknown): Condition[] {
  if (!Array.isArray(aliases)) return [{ field: "host-header", values: [ownName], unreadable: [JSON.stringify(aliases)] }];
  const isText = (each: unknown): each is string => typeof each === "string" && !each.includes("${urn:");
  const unreadable = aliases.filter((each) => !isText(each)).map((each) => JSON.stringify(each));
  return [{ field: "host-header", values: [...aliases.filter(isText), ownName], unreadable }];
}

/** The slash at the beginning can be left out. */
function pathOf(behavior: unknown): Condition {
  const { pathPattern } = isMap(behavior) ? behavior : {};
  if (typeof pathPattern !== "string" || pathPattern.includes("${urn:"))
    return { field: "path-pattern", values: [], unreadable: [JSON.stringify(pathPattern) ?? "pathPattern"] };
  return { field: "path-pattern", values: [/^[/*]/.test(pathPattern) ? pathPattern : `/${pathPattern}`], unreadable: [] };
}

/** An origin is told by where it is, and by what it is called where that is known only after apply. */
function originOf(behavior: unknown, origins: unknown): Outcome {
  const { targetOriginId } = isMap(behavior) ? behavior : {};
  const origin = Array.isArray(origins)
    ? origins.filter(isMap).find(({ originId }) => originId === targetOriginId && originId !== undefined)
    : undefined;
  if (!origin) return { kind: "unknown", reason: "its origin is known only after apply" };
  const { domainName, originId } = origin;
  const [reference] = isReference(domainName) ? referencesIn(domainName) : [];
  const name =
    typeof domainName === "string" && !domainName.includes("${urn:")
      ? domainName
      : (reference?.urn.split("::").at(-1) ?? JSON.stringify(originId));
  return { kind: "forward", targets: [{ name, kind: "origin", share: 1 }] };
}
