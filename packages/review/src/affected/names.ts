import type { ServiceParts } from "@fairlead/changes";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { asList } from "../arguments/judge";
import { containersIn } from "./containers";
import type { NameFact } from "./facts";
import type { Sides } from "./sides";

/** Names that are found no more, and who has used them. A danger that says so names nobody, so it stays where somebody has. */
export function nameFacts({ changes: { before, after }, before: services, after: kept, ownerOf, isTold }: Sides): NameFact[] {
  const [old, now] = [namesIn(before), namesIn(after)];
  const there = new Set(now.map(({ name, by }) => `${by} ${name}`));
  return old.flatMap(({ name, by, urn, key }): NameFact[] => {
    if (there.has(`${by} ${name}`)) return [];
    const of = ownerOf(urn);
    const users = usersOf(name, of, services).filter((user) => kept.has(user));
    const replacement = now.find((each) => each.urn === urn && each.key === key);
    if (users.length === 0 && isTold(urn)) return [];
    return [{ kind: "name", of, name, by, ...(replacement && { now: replacement.name }), users, stillUsedBy: holdersOf(name, kept) }];
  });
}

interface Name {
  name: string;
  by: string;
  urn: string;
  /** Which of the resource's names. */
  key: number;
}

function namesIn({ resources }: Plan): Name[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return resources.flatMap((resource) => namesOf(resource, byUrn).map((name, key) => ({ ...name, urn: resource.urn, key })));
}

type Alias = { dnsName?: unknown; port?: unknown };

function namesOf({ type, inputs }: PlanResource, byUrn: ReadonlyMap<string, PlanResource>): Pick<Name, "name" | "by">[] {
  switch (type) {
    case "aws:servicediscovery/service:Service": {
      const { namespaceId } = (inputs.dnsConfig ?? inputs) as { namespaceId?: unknown };
      const [reference] = referencesIn(namespaceId);
      const namespace = reference && byUrn.get(reference.urn)?.inputs.name;
      return [{ by: "Cloud Map", name: [inputs.name, namespace].filter((part) => typeof part === "string").join(".") }];
    }
    case "aws:ecs/service:Service": {
      const { services } = (inputs.serviceConnectConfiguration ?? {}) as { services?: unknown };
      const aliases = (asList(services) as { clientAlias?: unknown }[]).flatMap(({ clientAlias }) => asList(clientAlias) as Alias[]);
      return aliases.map(({ dnsName, port }) => ({ by: "Service Connect", name: `${String(dnsName)}:${String(port)}` }));
    }
    case "aws:route53/record:Record":
      return typeof inputs.name === "string" ? [{ by: `Route 53 ${String(inputs.type)}`, name: inputs.name }] : [];
    default:
      return [];
  }
}

/** Those who have it in a variable, and those who call the service that has it. */
function usersOf(name: string, of: string, services: ReadonlyMap<string, ServiceParts>): string[] {
  const callers = services.get(of)?.callers ?? [];
  return [...new Set([...callers, ...holdersOf(name, services)])].filter((user) => user !== of).sort();
}

function holdersOf(name: string, services: ReadonlyMap<string, ServiceParts>): string[] {
  const isHolder = (parts: ServiceParts) =>
    containersIn(parts).some(({ environment = [] }) => environment.some(({ value }) => typeof value === "string" && has(value, name)));
  return [...services].flatMap(([holder, parts]) => (isHolder(parts) ? [holder] : [])).sort();
}

/** A name within a text, not within another name. */
function has(text: string, name: string): boolean {
  const place = text.indexOf(name);
  return place >= 0 && !/[\w.-]/.test(text[place - 1] ?? "") && !/[\w-]/.test(text[place + name.length] ?? "");
}
