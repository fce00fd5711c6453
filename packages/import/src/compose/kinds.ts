import { mentionsHost } from "./hostNames";
import { knownPort, serverImage } from "./images/known";
import type { Port, ServiceTranslation } from "./serviceTranslation";
import { dockerfilePath } from "./steps/image";
import { isDevelopmentPort } from "./steps/ports";

/** Ports that nobody speaks HTTP on. */
const notHttp = new Set([
  21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1883, 2181, 3306, 3389, 5432, 5672, 6379, 8883, 9042, 9092, 11211, 25565,
  27017,
]);

/** Chooses the port of each service, and by it what kind it is. */
export function chooseKinds(services: readonly ServiceTranslation[]): void {
  const running = services.filter(({ role }) => role === "service");
  choosePublic(running);
  for (const service of services) {
    if (service.role === "job") {
      service.set("kind", "job");
      for (const { field } of service.ports)
        field.claim({ outcome: "dropped", to: undefined, text: "nobody reaches a job here: it only calls others.", isDevelopment: true });
      continue;
    }
    if (service.role !== "service") continue;
    const port = portOf(service, services);
    service.set("containerPort", port);
    if (!service.publicPort) service.set("kind", port === undefined ? "worker" : "backend-service");
    for (const each of service.ports) claimPort(service, each, port, services);
  }
}

/** Ports that others than this machine reach; where there is none, what a proxy on the machine leads to. */
function choosePublic(services: readonly ServiceTranslation[]): void {
  for (const service of services) service.publicPort = publicPort(service, false);
  if (services.some((service) => service.publicPort)) return;
  for (const service of services) service.publicPort = publicPort(service, true);
}

/** The port by which the outside reaches a service: rather one of HTTP. Databases are nobody's but their services'. */
function publicPort(service: ServiceTranslation, local: boolean): ServiceTranslation["publicPort"] {
  if (service.baseImage !== undefined && serverImage(service.baseImage)) return undefined;
  const candidates = service.ports.filter(
    (each) => each.field.path[0] === "ports" && each.protocol === "tcp" && each.isLocal === local && !isDevelopmentPort(each),
  );
  const http = candidates.filter(({ port }) => !notHttp.has(port));
  const best = http.find(({ port }) => port !== 443) ?? http[0];
  if (best) return { port: best, isHttp: true };
  return candidates[0] && !local ? { port: candidates[0], isHttp: false } : undefined;
}

function portOf(service: ServiceTranslation, services: readonly ServiceTranslation[]): number | undefined {
  if (service.publicPort) return service.publicPort.port.port;
  const server = service.baseImage === undefined ? undefined : serverImage(service.baseImage);
  if (server) return serverPort(server.port, service, services);
  const named = service.ports.find((port) => port.protocol === "tcp" && !isDevelopmentPort(port));
  if (named) return named.port;
  if (!isCalled(service, services)) return undefined;
  return (
    calledPort(service, services) ?? exposedPort(service) ?? (service.baseImage === undefined ? undefined : knownPort(service.baseImage))
  );
}

/** The usual port of a server, unless others name another one alone: Kafka may have its listener for them anywhere. */
function serverPort(usual: number, service: ServiceTranslation, services: readonly ServiceTranslation[]): number {
  const named = services.filter((other) => other !== service).flatMap((other) => portsNamed(other, service));
  return named.length === 0 || named.includes(String(usual)) ? usual : Number(named[0]);
}

/** Whether a variable or a command of another service names it, or one is started after it that may call what its image exposes. */
function isCalled(service: ServiceTranslation, services: readonly ServiceTranslation[]): boolean {
  const others = services.filter((other) => other !== service);
  return (
    others.some(({ mentions }) => mentions.has(service.key)) ||
    others.some((other) => textsOf(other).some((text) => !service.hosts.includes(text) && mentionsHost(text, service.hosts))) ||
    others.some(({ variables }) =>
      variables.some(
        ({ name, value }) => value !== undefined && service.hosts.includes(value) && /HOST|ADDR|URL|SERVER|ENDPOINT/i.test(name),
      ),
    ) ||
    (others.some(({ dependsOn }) => dependsOn.has(service.key)) && exposedPort(service) !== undefined)
  );
}

function calledPort(service: ServiceTranslation, services: readonly ServiceTranslation[]): number | undefined {
  const found = services.filter((other) => other !== service).flatMap((other) => portsNamed(other, service))[0];
  if (found !== undefined) return Number(found);
  return services.flatMap(({ mentions }) => (mentions.get(service.key) ?? []).flatMap(({ port }) => port ?? []))[0];
}

/** Ports with which a service names another. */
function portsNamed(service: ServiceTranslation, { hosts }: ServiceTranslation): string[] {
  const names = hosts.map((host) => host.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![\\w.-])(?:${names}):(\\d{2,5})(?!\\d)`, "g");
  return textsOf(service).flatMap((text) => [...text.matchAll(pattern)].map(([, port]) => port!));
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

function claimPort(service: ServiceTranslation, port: Port, chosen: number | undefined, services: readonly ServiceTranslation[]): void {
  const { field } = port;
  const isPublished = field.path[0] === "ports";
  const isServer = service.baseImage !== undefined && serverImage(service.baseImage) !== undefined;
  // Where that leads is said with the routes.
  if (port === service.publicPort?.port) return;
  if (isDevelopmentPort(port))
    field.claim({ outcome: "dropped", to: undefined, text: "a debugger's port: nobody attaches one to a task.", isDevelopment: true });
  else if (service.publicPort?.port.port === port.port)
    field.claim({ outcome: "changed", to: "containerPort", text: "it is the same port of the container: others reach it at one address." });
  else if (port.port === 443 && service.publicPort?.isHttp)
    field.claim({ outcome: "changed", to: "routes", text: "the load balancer ends TLS, with a certificate of the environment." });
  else if (port.protocol !== "tcp")
    field.claim({
      outcome: "decide",
      to: undefined,
      text: "The load balancers here speak HTTP and TCP: what is reached by UDP stays where it is.",
    });
  else if (port.port === chosen && isPublished)
    field.claim({
      outcome: "changed",
      to: "containerPort",
      text: "services that call it reach it, and nobody outside: npx fairlead tunnel opens it for a client.",
    });
  else if (port.port === chosen) field.claim();
  else if (isServer && isPublished)
    field.claim({ outcome: "dropped", to: undefined, text: "a page or a protocol of the server's beside its own.", isDevelopment: true });
  else if (!isPublished && !services.some((other) => other !== service && portsNamed(other, service).includes(String(port.port))))
    field.claim({ outcome: "ignored", to: undefined, text: "no service names the port." });
  else
    field.claim({
      outcome: "decide",
      to: "containerPort",
      text: `A service has one port, which is ${chosen}: what listens on ${port.port} as well needs a service of its own, or a path of the same port.`,
    });
}
