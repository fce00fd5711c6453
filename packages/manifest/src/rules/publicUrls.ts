import type { Diagnostic } from "../diagnostic";
import type { RouteSpec } from "../spec";
import type { LoadedService } from "./loadedService";

/** A service whose address others ask for is one that a load balancer leads to. @param routes that lead to each service */
export function publicUrlsOfNobody(services: LoadedService[], routes: ReadonlyMap<string, RouteSpec[]>): Diagnostic[] {
  const specs = new Map(services.flatMap(({ spec }) => (spec ? [[spec.name, spec] as const] : [])));
  return services.flatMap(({ spec, locate }) =>
    Object.entries(spec?.publicUrls ?? {}).flatMap(([variable, name]): Diagnostic[] => {
      const named = specs.get(name);
      if (!named || !locate || routes.has(name) || named.tcp) return [];
      return [
        {
          code: "FL1055",
          ...locate(["publicUrls", variable]),
          problem: `publicUrls.${variable} names "${name}", which no load balancer leads to`,
          expected: "a service with routes or tcp",
          consequence: "There is no address that the variable could have.",
          fix: `Give ${name} a route; or, where this service calls it, read the URL that calls brings.`,
        },
      ];
    }),
  );
}
