import { childOf } from "../source/sourceNode";
import { textsOf } from "./loadProject";
import type { ServiceTranslation } from "./serviceTranslation";

/** A name where an address has its host: in a URL, before a port, or as the value of a setting within a text. */
function hostPattern(host: string): RegExp {
  const name = host.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<=//|@)${name}(?=$|[:/?#,;\\s"')])|(?<![\\w./-])${name}(?=:\\d{2,5}(?!\\d))|(?<=["'=])${name}(?=["';,]|$)`, "g");
}

/** Whether a value has one of a service's names as a host, or is that name. */
export function mentionsHost(value: string, hosts: readonly string[]): boolean {
  return hosts.some((host) => value === host || hostPattern(host).test(value));
}

/** A value with a service's names as DNS knows it. */
export function withDomain(value: string, hosts: readonly string[], full: string): string {
  return hosts.includes(value) ? full : hosts.reduce((text, host) => text.replaceAll(hostPattern(host), full), value);
}

/**
 * Gives each service the names by which others of its network reach it: its own, `container_name`, `hostname`, the aliases of its networks, and those of
 * others' links. A name that two have is the first one's; a service's own name is nobody else's.
 *
 * @see https://docs.docker.com/reference/compose-file/services/#aliases
 */
export function nameHosts(services: readonly ServiceTranslation[]): void {
  const taken = new Set(["localhost", ...services.map(({ key }) => key)]);
  for (const service of services) {
    for (const name of [...ownNames(service), ...linkedNames(service, services)]) {
      if (taken.has(name) || !/^[\w.-]+$/.test(name)) continue;
      taken.add(name);
      service.hosts.push(name);
    }
  }
}

function ownNames({ node }: ServiceTranslation): string[] {
  const networks = childOf(node, "networks");
  const aliases = networks?.kind === "map" ? [...networks.entries.values()].flatMap(({ value }) => textsOf(childOf(value, "aliases"))) : [];
  return [...textsOf(childOf(node, "container_name")), ...textsOf(childOf(node, "hostname")), ...aliases];
}

/** `links: ["db:database"]` of another service. */
function linkedNames({ key }: ServiceTranslation, services: readonly ServiceTranslation[]): string[] {
  return services.flatMap(({ node }) =>
    textsOf(childOf(node, "links")).flatMap((link) => {
      const [name, alias] = link.split(":");
      return name === key && alias ? [alias] : [];
    }),
  );
}
