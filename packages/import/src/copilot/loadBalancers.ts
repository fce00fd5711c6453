import type { StackNeeds } from "../write/stackNeeds";
import type { Translation } from "./translation";

/**
 * The load balancer that was there before Copilot, where all that an environment's services have routes at is that one. What becomes of each service's
 * `http.alb` is told either way.
 *
 * @param translations of the services in one environment
 */
export function existingLoadBalancer(translations: readonly Translation[]): StackNeeds["existingLoadBalancer"] {
  const routed = translations.filter(({ manifest }) => manifest.routes !== undefined && manifest.internal !== true);
  const names = routed.map((each) => each.existingLoadBalancer?.text());
  const [first] = names;
  const isOne = first !== undefined && names.every((name) => name === first) && form.test(first);
  for (const { existingLoadBalancer: field } of translations)
    field?.claim(isOne ? {} : { outcome: "decide", to: undefined, text: several });
  if (!isOne) return undefined;
  return first.startsWith("arn:") ? { arn: first } : { name: first };
}

/** An ARN of an Application Load Balancer's, or its name: what a composition takes. */
const form =
  /^(?:arn:aws[\w-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer\/app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]+|[A-Za-z0-9-]{1,32})$/;

const several =
  "An environment has one load balancer here, and its services name several, or only some of them this one: the service gets rules of the environment's own. To keep this one, have the services that are behind it in a stack of their own, with new ExistingLoadBalancer(…) in place of LoadBalancer.";
