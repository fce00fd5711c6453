import type { Claims } from "../findings/claims";
import type { Workload } from "./readManifest";

interface Route {
  path: string;
  host?: string;
}

/**
 * Copilot gives each service of an application with a domain a host of its own, `<service>.<environment>.<application>.<domain>`, unless it has an alias: so
 * several may have the same path. Here their routes get `<service>.*` as host, which fits that name.
 */
export function separateSharedPaths(workloads: readonly Workload[], claims: Claims): void {
  const all = workloads.flatMap((workload) =>
    [workload.base, ...workload.environments.values()].map((translation) => ({ workload, translation })),
  );
  const owners = new Map<string, Workload>();
  const sharing = new Set<Workload>();
  for (const { workload, translation } of all) {
    for (const { path, host } of routesOf(translation.manifest)) {
      if (host !== undefined) continue;
      const key = JSON.stringify([translation.environment, translation.manifest.internal, path]);
      const owner = owners.get(key);
      if (owner && owner !== workload) sharing.add(owner).add(workload);
      owners.set(key, workload);
    }
  }
  for (const { workload, translation } of all) {
    if (!sharing.has(workload)) continue;
    const routes = routesOf(translation.manifest);
    if (routes.length > 0)
      translation.manifest.routes = routes.map((route) => (route.host ? route : { ...route, host: `${workload.name}.*` }));
  }
  for (const { root, name } of sharing) {
    const { place, path } = (root.entries.get("http")?.value ?? root).origin;
    claims.say({
      outcome: "changed",
      place,
      source: path.join(".") || "http",
      service: name,
      to: "routes[].host",
      now: `${name}.*`,
      text: "other services have the same path, and Copilot tells them apart by the host that it gives each. Its name here is to be led to the environment's load balancer.",
    });
  }
}

function routesOf(manifest: Record<string, unknown>): Route[] {
  return (manifest.routes as Route[] | undefined) ?? [];
}

/** Two services with the same name and path: the load balancer has one place for them, which the first service keeps. */
export function separateSharedHosts(workloads: readonly Workload[], claims: Claims): void {
  const owners = new Map<string, string>();
  for (const { name, root, base, environments } of workloads) {
    for (const translation of [base, ...environments.values()]) {
      const isTaken = ({ path, host }: Route) => {
        const key = JSON.stringify([translation.environment, translation.manifest.internal, host, path]);
        const owner = owners.get(key) ?? name;
        owners.set(key, owner);
        return owner === name ? undefined : owner;
      };
      const routes = routesOf(translation.manifest).map((route) => ({ route, owner: isTaken(route) }));
      const kept = routes.flatMap(({ route, owner }) => (owner === undefined ? [route] : []));
      if (kept.length === routes.length) continue;
      if (kept.length > 0) translation.manifest.routes = kept;
      else delete translation.manifest.routes;
      for (const { route, owner } of routes) {
        if (owner === undefined) continue;
        claims.say(
          {
            outcome: "decide",
            place: (root.entries.get("http")?.value ?? root).origin.place,
            source: "http.path",
            service: name,
            to: "routes",
            was: `${route.host ?? ""}${route.path}`,
            text: `${owner} has the same name and path, so that only one of the two could answer, with Copilot as well: give this one another, or leave it out.`,
          },
          translation.environment,
        );
      }
    }
  }
}
