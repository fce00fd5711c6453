import type { Rule } from "@fairlead/changes";

import type { LocalListener } from "./listeners";

/** Says where a load balancer has a service: `http://localhost:8080/api/`. A rule's host is said where it has one: a browser has to send it. */
export function urlsIn(
  listeners: readonly LocalListener[],
  ports: Readonly<Record<number, number>>,
): (service: string) => string | undefined {
  const urls = new Map<string, string>();
  for (const { localPort, rules } of listeners) {
    const port = ports[localPort];
    if (port === undefined) continue;
    for (const rule of rules.filter(({ isTest }) => !isTest))
      for (const service of servicesOf(rule)) if (!urls.has(service)) urls.set(service, urlOf(rule, port));
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
