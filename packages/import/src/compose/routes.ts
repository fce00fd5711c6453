import { childOf } from "../source/sourceNode";
import { asMap } from "./merge";
import type { Port, ServiceTranslation } from "./serviceTranslation";
import { checkedPath } from "./steps/healthCheck";

const proxies = /(?:^|\/)(?:nginx|caddy|httpd|haproxy|envoy|traefik|kong)(?:[:@]|$)/;
const frontNames = /^(?:web|www|site|frontend|front|ui|client|nginx|proxy|gateway|vote|app|webapp|dashboard)(?:[-_]|$)/i;

/** Leads the load balancer to the services that were published: the first has all paths, others keep a port of their own. */
export function addRoutes(services: readonly ServiceTranslation[]): void {
  const takenHosts = new Set<string>();
  const takenPorts = new Set<number>();
  let first: ServiceTranslation | undefined;
  for (const [service, port] of ranked(services)) {
    const hosts = hostsOf(service).filter((host) => !takenHosts.has(host));
    hosts.forEach((host) => takenHosts.add(host));
    if (service.publicPort?.isHttp && hosts.length > 0) {
      service.set(
        "routes",
        hosts.map((host) => ({ path: "/*", host })),
      );
      service.say({ outcome: "exact", source: "labels", to: "routes", text: `${hosts.join(", ")}: as its proxy was told.` });
    } else if (service.publicPort?.isHttp && !first) {
      first = service;
      service.set("routes", [{ path: "/*" }]);
    } else publishTcp(service, port, takenPorts, first);
    healthCheckPath(service);
  }
}

function ranked(services: readonly ServiceTranslation[]): [ServiceTranslation, Port][] {
  return services
    .flatMap((service): [ServiceTranslation, Port][] => (service.publicPort ? [[service, service.publicPort.port]] : []))
    .sort((a, b) => rank(...b) - rank(...a));
}

function rank(service: ServiceTranslation, { published }: Port): number {
  return (
    (published === "80" || published === "443" ? 4 : 0) +
    (proxies.test(service.baseImage ?? "") ? 2 : 0) +
    (frontNames.test(service.key) ? 1 : 0)
  );
}

/** What can't have the load balancer's paths, or speaks no HTTP, keeps the port that it was published at. */
function publishTcp(
  service: ServiceTranslation,
  { port, published, field }: Port,
  taken: Set<number>,
  first: ServiceTranslation | undefined,
): void {
  let at = Number(published);
  if (!Number.isInteger(at) || at < 1 || at > 65535) at = port;
  while (taken.has(at)) at++;
  taken.add(at);
  service.set("tcp", { port: at });
  field.claim({
    outcome: "changed",
    to: "tcp.port",
    now: String(at),
    text: service.publicPort?.isHttp
      ? `${first?.service ?? "another service"} has all paths of the load balancer, so that this one keeps a port of its own: on a network load balancer, and without TLS, as before. Better are routes with a host of its own (routes: [{ path: /*, host: … }]), which have TLS and need no second load balancer; neither, where no browser calls it.`
      : "it speaks no HTTP, and keeps its port on a network load balancer. Remove tcp where only other services call it.",
  });
}

/** The load balancer asks for what the check inside the container asks for. */
function healthCheckPath(service: ServiceTranslation): void {
  const { manifest, publicPort } = service;
  const { containerHealthCheck, containerPort } = manifest as { containerHealthCheck?: { command: string[] }; containerPort?: number };
  const path = containerHealthCheck && publicPort?.isHttp ? checkedPath(containerHealthCheck.command, containerPort) : undefined;
  if (path !== undefined && path !== "/") service.set("healthCheck.path", path);
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
