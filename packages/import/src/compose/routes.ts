import { childOf } from "../source/sourceNode";
import type { ServiceTranslation } from "./serviceTranslation";
import { asMap } from "./merge";
import { publicPort } from "./kinds";
import { checkedPath } from "./steps/healthCheck";

const proxies = /(?:^|\/)(?:nginx|caddy|httpd|haproxy|envoy|traefik|kong)(?:[:@]|$)/;
const frontNames = /^(?:web|www|site|frontend|front|ui|client|nginx|proxy|gateway|vote|app|webapp|dashboard)(?:[-_]|$)/i;

/** Leads the load balancer to the services that were published: the first has all paths, others a path of their own. */
export function addRoutes(services: readonly ServiceTranslation[]): void {
  const published = services.filter((service) => service.role === "service" && publicPort(service));
  const taken = new Set<string>();
  const ranked = [...published].sort((a, b) => rank(b) - rank(a));
  ranked.forEach((service, index) => {
    const hosts = hostsOf(service).filter((host) => !taken.has(host));
    hosts.forEach((host) => taken.add(host));
    const path = `/${service.service}`;
    if (hosts.length > 0)
      service.set(
        "routes",
        hosts.map((host) => ({ path: "/*", host })),
      );
    else if (index === 0 || !taken.has("*")) {
      service.set("routes", [{ path: "/*" }]);
      taken.add("*");
    } else {
      service.set("routes", [{ path }, { path: `${path}/*` }]);
      const { field, published: port } = publicPort(service)!;
      field.claim({
        outcome: "decide",
        to: "routes",
        was: port ?? String(publicPort(service)!.port),
        now: path,
        text: `All that is public is behind one load balancer here, on 443 and 80, where ${ranked[0]!.service} has the other paths: let the program answer below ${path}, or give its routes a host of its own. Remove the routes where others call it by its name alone.`,
      });
    }
    const { containerHealthCheck, containerPort } = service.manifest as {
      containerHealthCheck?: { command: string[] };
      containerPort?: number;
    };
    const checked = containerHealthCheck && checkedPath(containerHealthCheck.command, containerPort);
    if (checked !== undefined && checked !== "/") service.set("healthCheck.path", checked);
  });
}

function rank(service: ServiceTranslation): number {
  const { published, isLocal } = publicPort(service)!;
  return (
    (isLocal ? 0 : 8) +
    (published === "80" || published === "443" ? 4 : 0) +
    (proxies.test(service.baseImage ?? "") ? 2 : 0) +
    (frontNames.test(service.key) ? 1 : 0)
  );
}

/** Names that a proxy was told of the service: nginx-proxy's variable, and Traefik's rules. */
function hostsOf(service: ServiceTranslation): string[] {
  const virtual = service.variables.find(({ name }) => name === "VIRTUAL_HOST")?.value?.split(",") ?? [];
  const labels = childOf(service.node, "labels");
  const map = labels && asMap(labels);
  const rules = [...(map?.entries ?? [])].flatMap(([name, { value }]) =>
    /^traefik\.http\.routers\..+\.rule$/.test(name) && value.kind === "scalar" ? [value.text] : [],
  );
  const ruled = rules.flatMap((rule) =>
    [...rule.matchAll(/Host\(([^)]*)\)/g)].flatMap(([, list]) => [...list!.matchAll(/[`"']([^`"']+)[`"']/g)].map(([, host]) => host!)),
  );
  return [...new Set([...virtual, ...ruled].map((host) => host.trim().toLowerCase()))].filter(
    (host) => /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(host) && !/\.(?:localhost|local|test|internal)$/.test(host),
  );
}
