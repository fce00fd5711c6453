import { readLoadBalancers, type Listener, type LoadBalancer, type Outcome } from "@fairlead/changes";
import type { Plan, PlanResource } from "@fairlead/plan";

import { Names } from "./configurationSyntax";

/** A target group that requests are forwarded to, and who answers behind it. */
export type Target = Extract<Outcome, { kind: "forward" }>["targets"][number];

/** A listener of a plan's load balancers, as it is served on one machine. */
export interface LocalListener extends Pick<Listener, "rules" | "defaultOutcome" | "port"> {
  /** Unique: `shop-443`. */
  name: string;
  /** Name of its load balancer. */
  loadBalancer: string;
  /** Its URN, by which the plan has its name at AWS; what it is called where it isn't in the plan. */
  loadBalancerKey: string;
  /** As AWS has it. `HTTPS` and `TLS` are served without TLS: there is no certificate for this machine. */
  protocol: string;
  mode: "http" | "tcp";
  /** Its load balancer has private addresses alone. */
  internal: boolean;
  /** In the load balancer's container, and what `LocalSettings.ports` goes by. The listener's own, or the next that no other listener has. */
  localPort: number;
  /** Seconds after which a connection without data is closed: 1 to 4,000, 60 by default; of a network load balancer always 350. */
  idleTimeoutSeconds: number;
  /** Whether headers with other characters than letters, digits and hyphens in their names are left out. */
  dropsInvalidHeaderFields: boolean;
  /** What becomes of a client's own `X-Forwarded-For`. */
  forwardedFor: "append" | "preserve" | "remove";
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#connection-idle-timeout */
const tcpIdleTimeoutSeconds = 350;

/**
 * The listeners that are served on one machine. Left out are CloudFront's, those for UDP, and those that do nothing but lead from HTTP to HTTPS, where that is
 * served too. One that isn't in the plan, as of a load balancer that environments share, is served on port 80 with the plan's rules alone.
 */
export function localListeners(plan: Pick<Plan, "resources">): LocalListener[] {
  const loadBalancers = readLoadBalancers(withoutShifts(plan)).filter(({ isDistribution }) => !isDistribution);
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const names = new Names();
  const served = loadBalancers.flatMap((loadBalancer) =>
    loadBalancer.listeners.flatMap((listener) => {
      if (/^(UDP|QUIC)$/.test(listener.protocol ?? "") || leadsToHttps(listener, loadBalancer)) return [];
      return { loadBalancer, listener, port: listener.port ?? 80 };
    }),
  );
  // Those with public addresses keep their ports, where others have the same, and the first is what a browser is sent to.
  const isTcp = ({ listener }: (typeof served)[number]) => /^(TCP|TLS)$/.test(listener.protocol ?? "");
  served.sort((a, b) => Number(a.loadBalancer.internal) - Number(b.loadBalancer.internal) || Number(isTcp(a)) - Number(isTcp(b)));
  const taken = new Set<number>();
  return served.map(({ loadBalancer, listener, port }) => {
    let localPort = port;
    while (taken.has(localPort)) localPort++;
    taken.add(localPort);
    return {
      ...asServed(listener, loadBalancer, byUrn.get(loadBalancer.key)),
      localPort,
      name: names.unused(`${loadBalancer.name}-${port}`),
    };
  });
}

function asServed(
  { port, protocol = "HTTP", rules, defaultOutcome }: Listener,
  { name, key, internal }: LoadBalancer,
  resource: PlanResource | undefined,
): Omit<LocalListener, "localPort" | "name"> {
  const { idleTimeout, dropInvalidHeaderFields, xffHeaderProcessingMode } = resource?.inputs ?? {};
  const mode = /^HTTPS?$/.test(protocol) ? "http" : "tcp";
  return {
    port,
    protocol,
    mode,
    rules,
    defaultOutcome: defaultOutcome.kind === "unknown" ? nobody(defaultOutcome.reason) : defaultOutcome,
    loadBalancer: name,
    loadBalancerKey: key,
    internal,
    idleTimeoutSeconds: mode === "tcp" ? tcpIdleTimeoutSeconds : typeof idleTimeout === "number" ? idleTimeout : 60,
    dropsInvalidHeaderFields: dropInvalidHeaderFields === true,
    forwardedFor: xffHeaderProcessingMode === "preserve" || xffHeaderProcessingMode === "remove" ? xffHeaderProcessingMode : "append",
  };
}

const nobody = (reason: string): Outcome => ({
  kind: "fixedResponse",
  statusCode: 404,
  contentType: "text/plain",
  messageBody: `No rule of this environment has this address, and ${reason}.`,
});

/** No deployment moves weights here, so that the program's say what is. */
function withoutShifts({ resources }: Pick<Plan, "resources">): Pick<Plan, "resources"> {
  return { resources: resources.map((resource) => ({ ...resource, options: { ...resource.options, ignoreChanges: undefined } })) };
}

function leadsToHttps({ protocol, rules, defaultOutcome: outcome }: Listener, { listeners }: LoadBalancer): boolean {
  return (
    protocol === "HTTP" &&
    rules.length === 0 &&
    outcome.kind === "redirect" &&
    outcome.to.protocol === "HTTPS" &&
    outcome.to.host === "#{host}" &&
    listeners.some((other) => other.protocol === "HTTPS" && String(other.port) === outcome.to.port)
  );
}
