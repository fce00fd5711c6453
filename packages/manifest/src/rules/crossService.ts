import { relative } from "node:path";
import { closest, listenerRuleQuota, shiftedRuleValues, shiftsTraffic } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import type { EnvironmentOffers, RouteSpec } from "../spec";
import { callDiagnostics } from "./calls";
import { internalServices, listenerRuleDiagnostics } from "./listenerRules";
import type { LoadedService } from "./loadedService";
import { publicUrlsOfNobody } from "./publicUrls";

type Mentioning = "routes" | "calls" | "before" | "publicUrls";

/** The services that a manifest names, and where. */
function mentions(manifest: LoadedService["manifest"], keys: Mentioning[] = ["routes", "calls", "before", "publicUrls"]) {
  const named = {
    routes: (manifest?.routes ?? []).map(({ service }, index) => ({ service, path: ["routes", index, "service"] })),
    calls: (manifest?.calls ?? []).map((service, index) => ({ service, path: ["calls", index] })),
    before: (manifest?.before ?? []).map((service, index) => ({ service, path: ["before", index] })),
    publicUrls: Object.entries(manifest?.publicUrls ?? {}).map(([variable, service]) => ({ service, path: ["publicUrls", variable] })),
  };
  return keys.flatMap((key) => named[key]).flatMap(({ service, path }) => (service ? [{ service, path }] : []));
}

/** The routes that lead to each service, whichever manifest states them. */
export function routesByService(services: LoadedService[]): Map<string, RouteSpec[]> {
  const routes = new Map<string, RouteSpec[]>();
  for (const { name, manifest } of services) {
    for (const { service = name, ...route } of manifest?.routes ?? []) {
      const others = routes.get(service!);
      if (others) others.push(route);
      else routes.set(service!, [route]);
    }
  }
  return routes;
}

/** What must hold between the services of an environment. */
export function crossServiceDiagnostics(services: LoadedService[], offers: EnvironmentOffers): Diagnostic[] {
  const tooMany = tooManyRoutes(services, offers.loadBalancerRules ?? listenerRuleQuota);
  return [
    ...duplicateNames(services),
    ...unknownServices(services),
    ...callsToNoPort(services),
    ...callDiagnostics(services, offers),
    ...publicUrlsOfNobody(services, routesByService(services)),
    ...shiftsWithoutOneRule(services),
    ...targetsWithoutRoute(services),
    ...jobsBeforeJobs(services),
    ...duplicatePaths(services),
    ...(tooMany.length > 0 ? tooMany : listenerRuleDiagnostics(services)),
  ];
}

function duplicateNames(services: LoadedService[]): Diagnostic[] {
  const first = new Map<string, LoadedService>();
  return services.flatMap((service): Diagnostic[] => {
    if (!service.name) return [];
    const other = first.get(service.name);
    if (!other) {
      first.set(service.name, service);
      return [];
    }
    return [
      {
        code: "FL1010",
        file: service.source.file,
        ...service.source.locate(["name"]),
        problem: `"${service.name}" is also the name of ${relative(process.cwd(), other.source.file)}`,
        expected: "a name that no other service has",
        fix: "Rename one of the two.",
      },
    ];
  });
}

function unknownServices(services: LoadedService[]): Diagnostic[] {
  const names = services.flatMap(({ name }) => name ?? []);
  // A manifest that can't be read may be the one that is named.
  if (names.length < services.length) return [];
  const known = new Set(names);
  return services.flatMap(({ manifest, locate }) =>
    mentions(manifest).flatMap(({ service, path }): Diagnostic[] => {
      if (known.has(service) || !locate) return [];
      const suggestion = closest(service, names);
      return [
        {
          code: "FL1007",
          ...locate(path),
          problem: `${path.join(".")} names "${service}", a service that does not exist`,
          expected: `one of ${names.join(", ")}`,
          fix: suggestion ? `Did you mean "${suggestion}"?` : "Name a service that has a service.yaml.",
        },
      ];
    }),
  );
}

function duplicatePaths(services: LoadedService[]): Diagnostic[] {
  const first = new Map<string, string>();
  const internal = internalServices(services);
  return services.flatMap(({ name, manifest, locate, source }) =>
    (manifest?.routes ?? []).flatMap(({ path, host = "", service = name }, index): Diagnostic[] => {
      const key = `${internal.has(service) ? "internal " : ""}${host}${path}`;
      const other = first.get(key);
      if (!other || !locate) {
        first.set(key, source.file);
        return [];
      }
      return [
        {
          code: "FL1011",
          ...locate(["routes", index, "path"]),
          problem: `"${host}${path}" is also a route in ${relative(process.cwd(), other)}`,
          expected: "each path of a host once in an environment",
          consequence: "Only one of the two services would ever answer.",
          fix: "Change one of the two paths.",
        },
      ];
    }),
  );
}

/** A service whose deployments shift traffic has two rules: its own, and the one for requests with the test header. */
function tooManyRoutes(services: LoadedService[], maxRules: number): Diagnostic[] {
  const counts = new Map<boolean, number>();
  for (const { manifest, locate } of services) {
    const paths = manifest?.routes?.length ?? 0;
    if (paths === 0 || !locate) continue;
    const isInternal = manifest?.internal === true;
    const rules = (counts.get(isInternal) ?? 0) + (shiftsTraffic(manifest?.deployment) ? 2 : paths);
    counts.set(isInternal, rules);
    if (rules <= maxRules) continue;
    return [
      {
        code: "FL1024",
        ...locate(["routes"]),
        problem: `with these routes the load balancer would have ${rules} rules or more`,
        expected: `at most ${maxRules}, the quota of the load balancer`,
        consequence: "AWS would refuse the rules.",
        fix: "Join paths by a common beginning and *, or have AWS raise the quota and set loadBalancerRules in the stack's configuration.",
      },
    ];
  }
  return [];
}

/** Who listens on no port can't be called or routed to, and who doesn't keep running can't be waited for. */
function callsToNoPort(services: LoadedService[]): Diagnostic[] {
  const specs = new Map(services.flatMap(({ spec }) => (spec ? [[spec.name, spec]] : [])));
  return services.flatMap(({ manifest, locate }) =>
    mentions(manifest, ["calls", "routes"]).flatMap(({ service, path }): Diagnostic[] => {
      const spec = specs.get(service);
      if (!spec || spec.containerPort !== undefined || !locate) return [];
      return [
        {
          code: "FL1025",
          ...locate(path),
          problem: `${path.join(".")} names "${service}", a ${spec.kind}, which listens on no port`,
          expected: "a web-service or a backend-service",
          fix: "Name another, or reach it through the queue that it works off.",
        },
      ];
    }),
  );
}

/** A job runs as soon as its image is there: it waits for nobody. */
function jobsBeforeJobs(services: LoadedService[]): Diagnostic[] {
  const jobs = new Set(services.flatMap(({ spec }) => (spec?.kind === "job" ? [spec.name] : [])));
  return services.flatMap(({ manifest, locate }) =>
    mentions(manifest, ["before"]).flatMap(({ service, path }): Diagnostic[] => {
      if (!jobs.has(service) || !locate) return [];
      return [
        {
          code: "FL1026",
          ...locate(path),
          problem: `${path.join(".")} names "${service}", a job itself`,
          expected: "services, workers and scheduled jobs",
          consequence: "The two would run side by side.",
          fix: "Do both in one job, or remove it.",
        },
      ];
    }),
  );
}

/** Traffic is shifted by the weights of one rule of the load balancer, so all routes of the service must fit into one. */
function shiftsWithoutOneRule(services: LoadedService[]): Diagnostic[] {
  const routes = routesByService(services);
  return services.flatMap(({ spec, locate }): Diagnostic[] => {
    if (!spec || !locate || !shiftsTraffic(spec.deployment)) return [];
    const hosts = (routes.get(spec.name) ?? []).map(({ host = "" }) => host);
    const values = hosts.length + (hosts[0] ? 1 : 0);
    const problem =
      hosts.length === 0
        ? "no route leads to the service"
        : new Set(hosts).size > 1
          ? "its routes have several hosts"
          : values > shiftedRuleValues
            ? `its ${hosts.length} routes do not fit into one rule`
            : undefined;
    if (!problem) return [];
    return [
      {
        code: "FL1020",
        ...locate(["deployment", "strategy"]),
        problem: `deployment.strategy is ${spec.deployment!.strategy}, and ${problem}`,
        expected: `routes of one host, at most ${shiftedRuleValues} with the host: ECS shifts the weights of one rule`,
        fix: "Set it to ROLLING, or join the routes, such as by a common beginning and *.",
      },
    ];
  });
}

/** What is measured at the load balancer, of a service that it leads nobody to. */
function targetsWithoutRoute(services: LoadedService[]): Diagnostic[] {
  const routes = routesByService(services);
  return services.flatMap(({ spec, locate }): Diagnostic[] => {
    if (!spec?.scaling || !locate || (routes.get(spec.name) ?? []).length > 0) return [];
    const measured = (["requestsPerTarget", "responseTimeSeconds"] as const).filter((key) => spec.scaling![key] !== undefined);
    return measured.map((key) => ({
      code: "FL1019",
      ...locate(["scaling", key]),
      problem: `scaling.${key} is measured at the load balancer, and no route leads to the service`,
      expected: "a route",
      consequence: "Nothing would be measured, and it would never scale by it.",
      fix: `Add "routes: [{ path: … }]", or remove ${key}.`,
    }));
  });
}
