import type { LoadBalancer, Rule } from "@fairlead/changes";

/** Says where a load balancer has a service: `http://localhost:8080/api/`. A rule's host is said where it has one: a browser has to send it. */
export function urlsIn(
  loadBalancers: readonly LoadBalancer[],
  ports: Readonly<Record<number, number>>,
): (service: string) => string | undefined {
  const urls = new Map<string, string>();
  for (const { listeners } of loadBalancers)
    for (const { port, rules } of listeners) {
      const here = port === undefined ? undefined : ports[port];
      if (here === undefined) continue;
      for (const rule of rules.filter(({ isTest }) => !isTest))
        for (const service of servicesOf(rule)) if (!urls.has(service)) urls.set(service, urlOf(rule, here));
    }
  return (service) => urls.get(service);
}

const servicesOf = ({ outcome }: Rule) =>
  outcome.kind === "forward" ? outcome.targets.flatMap(({ kind, name }) => (kind === "service" ? name : [])) : [];

function urlOf({ conditions }: Rule, port: number): string {
  const first = (field: "host-header" | "path-pattern") =>
    conditions.flatMap((condition) => (condition.field === field ? condition.values : []))[0];
  const host = first("host-header");
  const path = first("path-pattern")?.replace(/[*?].*$/, "") ?? "/";
  return `http://localhost:${port}${path}${host ? ` with the host ${host}` : ""}`;
}
