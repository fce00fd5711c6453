import type { Condition, Outcome } from "@fairlead/changes";

import type { LocalListener } from "./listeners";

/** Says where a load balancer has a service: `http://localhost:8080/api/`, by a rule of it or by the default action, which comes last. */
export function urlsIn(
  listeners: readonly LocalListener[],
  ports: Readonly<Record<number, number>>,
): (service: string) => string | undefined {
  const urls = new Map<string, string>();
  for (const { localPort, mode, rules, defaultOutcome } of listeners) {
    const port = ports[localPort];
    if (port === undefined) continue;
    const add = (outcome: Outcome, url: string) => {
      for (const service of servicesOf(outcome)) if (!urls.has(service)) urls.set(service, url);
    };
    for (const { outcome, conditions, isTest } of rules) if (!isTest) add(outcome, urlOf(conditions, port));
    add(defaultOutcome, mode === "http" ? urlOf([], port) : `tcp://localhost:${port}`);
  }
  return (service) => urls.get(service);
}

/**
 * What texts of a plan that name a load balancer are on this machine, where a browser asks: its name at AWS with a scheme before it or a port behind it, and the
 * name alone, in the order in which they are to be replaced.
 */
export function addressesIn(listeners: readonly LocalListener[], ports: Readonly<Record<number, number>>): ReadonlyMap<string, string> {
  const withMore = new Map<string, string>();
  const alone = new Map<string, string>();
  for (const { loadBalancerKey, localPort, port: atAws, mode } of listeners) {
    const port = ports[localPort];
    if (port === undefined) continue;
    const name = `\${${loadBalancerKey}#dnsName}`;
    const here = `localhost:${port}`;
    if (mode === "tcp") withMore.set(`${name}:${atAws}`, here);
    else if (!alone.has(name)) {
      // Nothing here speaks TLS.
      for (const scheme of ["https", "http"]) withMore.set(`${scheme}://${name}`, `http://${here}`);
      alone.set(name, here);
    }
  }
  return new Map([...withMore, ...alone]);
}

const servicesOf = (outcome: Outcome) =>
  outcome.kind === "forward" ? outcome.targets.flatMap(({ kind, name }) => (kind === "service" ? name : [])) : [];

/** A name under localhost is this machine to browsers, and the name before it to the rules. */
function urlOf(conditions: readonly Condition[], port: number): string {
  const valuesOf = (field: "host-header" | "path-pattern") =>
    conditions.flatMap((condition) => (condition.field === field ? condition.values : []));
  const hosts = valuesOf("host-header");
  const host = hosts.find((each) => !/[*?]/.test(each)) ?? hosts[0]?.replace(/[*?]/g, "x");
  const path = valuesOf("path-pattern")[0]?.replace(/[*?].*$/, "");
  return `http://${host === undefined ? "" : `${host}.`}localhost:${port}${path?.startsWith("/") ? path : "/"}`;
}
