import type { InferredCall } from "../write/imported";
import { mentionsHost } from "./hostNames";
import { knownPort, serverImage } from "./images/known";
import type { Port, ServiceTranslation } from "./serviceTranslation";
import { dockerfilePath } from "./steps/image";
import { isDevelopmentPort } from "./steps/ports";

/** Ports that nobody speaks HTTP on. */
const notHttp = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1883, 2181, 3306, 3389, 5432, 5672, 6379, 8883, 9042, 9092, 11211, 27017,
]);

/** Chooses the port of each service, and by it what kind it is. */
export function chooseKinds(services: readonly ServiceTranslation[]): void {
  for (const service of services) {
    if (service.role !== "service" && service.role !== "job") continue;
    if (service.role === "job") {
      service.set("kind", "job");
      for (const { field } of service.ports)
        field.claim({ outcome: "ignored", to: undefined, text: "a job ends before anybody could call it." });
      continue;
    }
    const port = portOf(service, services);
    const http = publicPort(service);
    if (port !== undefined) service.set("containerPort", port);
    if (http === undefined) service.set("kind", port === undefined ? "worker" : "backend-service");
    claimPorts(service, port);
  }
}

/** The port by which browsers reach a service; undefined where it has none. */
export function publicPort(service: ServiceTranslation): Port | undefined {
  if (service.baseImage !== undefined && serverImage(service.baseImage)) return undefined;
  const candidates = service.ports.filter(
    (each) => each.field.path[0] === "ports" && each.protocol === "tcp" && !notHttp.has(each.port) && !isDevelopmentPort(each),
  );
  return candidates.find(({ isLocal, port }) => !isLocal && port !== 443) ?? candidates.find(({ isLocal }) => !isLocal) ?? candidates[0];
}

function portOf(service: ServiceTranslation, services: readonly ServiceTranslation[]): number | undefined {
  const http = publicPort(service);
  if (http) return http.port;
  const server = service.baseImage === undefined ? undefined : serverImage(service.baseImage);
  if (server) return server.port;
  const named = service.ports.find((port) => port.protocol === "tcp" && !isDevelopmentPort(port));
  if (named) return named.port;
  if (!isCalled(service, services)) return undefined;
  return (
    calledPort(service, services) ?? exposedPort(service) ?? (service.baseImage === undefined ? undefined : knownPort(service.baseImage))
  );
}

/** Whether a variable or a command of another service names it. */
function isCalled(service: ServiceTranslation, services: readonly ServiceTranslation[]): boolean {
  return (
    services.some((other) => other !== service && textsOf(other).some((text) => text !== service.key && mentionsHost(text, service.key))) ||
    services.some(
      (other) =>
        other !== service &&
        other.variables.some(({ name, value }) => value === service.key && /HOST|ADDR|URL|SERVER|ENDPOINT/i.test(name)),
    ) ||
    (services.some(({ dependsOn }) => dependsOn.has(service.key)) && exposedPort(service) !== undefined)
  );
}

function calledPort(service: ServiceTranslation, services: readonly ServiceTranslation[]): number | undefined {
  const pattern = new RegExp(`(?<![\\w.-])${service.key.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}:(\\d{2,5})(?!\\d)`);
  const found = services
    .filter((other) => other !== service)
    .flatMap(textsOf)
    .flatMap((text) => pattern.exec(text)?.[1] ?? [])[0];
  return found === undefined ? undefined : Number(found);
}

function textsOf({ variables, manifest }: ServiceTranslation): string[] {
  const { command = [], entryPoint = [] } = manifest as { command?: string[]; entryPoint?: string[] };
  return [...variables.flatMap(({ value }) => value ?? []), ...command, ...entryPoint];
}

/** What its Dockerfile declares with EXPOSE. */
function exposedPort(service: ServiceTranslation): number | undefined {
  const path = dockerfilePath(service);
  const text = path === undefined ? undefined : service.context.files.read(path);
  const found = [...(text ?? "").matchAll(/^\s*EXPOSE\s+(\d+)/gim)].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

function claimPorts(service: ServiceTranslation, chosen: number | undefined): void {
  const http = publicPort(service);
  for (const port of service.ports) {
    const { field } = port;
    if (port === http) field.claim({ now: String(port.port) });
    else if (isDevelopmentPort(port))
      field.claim({ outcome: "dropped", to: undefined, text: "a debugger's port: nobody attaches one to a task.", isDevelopment: true });
    else if (http && port.port === http.port) field.cover();
    else if (port.port === 443)
      field.claim({ outcome: "changed", to: "routes", text: "the load balancer ends TLS, with a certificate of the environment." });
    else if (port.protocol !== "tcp")
      field.claim({ outcome: "decide", text: "The load balancers here speak HTTP and TCP: a service by UDP stays where it is." });
    else if (port.port === chosen && field.path[0] === "ports")
      field.claim({
        outcome: "changed",
        to: "containerPort",
        text: "services that call it reach it, and nobody outside: npx fairlead tunnel opens it for a client.",
      });
    else if (port.port === chosen) field.claim();
    else
      field.claim({
        outcome: "decide",
        to: "containerPort",
        text: `A service has one port, which is ${chosen}: what listens on ${port.port} as well needs a service of its own, or a path of the same port.`,
      });
  }
}
