import { bareHost } from "@fairlead/manifest";

import type { InferredCall } from "../write/imported";
import { advertise, isAdvertised } from "./advertised";
import { mentionsHost, withDomain } from "./hostNames";
import type { ServiceTranslation, Variable } from "./serviceTranslation";

/** What is needed to tell the hosts of a project. */
export interface HostsContext {
  services: readonly ServiceTranslation[];
  /** Domain in which services find each other. */
  domain: string;
  calls: InferredCall[];
}

/** Whether others can call a service. */
export function isCallable({ role, manifest }: ServiceTranslation): boolean {
  return role === "service" && manifest.containerPort !== undefined;
}

/** Names of other services in variables and commands, which Compose alone answers to, as names that the environment's DNS has. */
export function resolveHosts(translation: ServiceTranslation, { services, domain, calls }: HostsContext): void {
  const others = services.filter((other) => other !== translation);
  advertise(translation, domain);
  for (const variable of translation.variables) if (!isAdvertised(variable)) nameItself(translation, variable);
  for (const variable of translation.variables) {
    if (variable.value === undefined) continue;
    const before = variable.value;
    for (const other of others) {
      const isHost =
        mentionsHost(before, other.hosts) &&
        (!other.hosts.includes(before) || before.includes(".") || bareHost(variable.name, before) !== undefined);
      if (!isHost || !isCallable(other)) continue;
      variable.value = withDomain(variable.value, other.hosts, `${other.service}.${domain}`);
      addCall(translation, other, "sure", `the variable ${variable.name}`, calls, variable.field.node.origin.place);
    }
    if (variable.value !== before) {
      variable.isTold = true;
      variable.field.claim({
        outcome: "changed",
        to: `environment.${variable.name}`,
        text: `${variable.isFromFile ? `${variable.name} of it: ` : ""}plain names are known to Compose alone; this one is in the environment's DNS.`,
      });
    }
  }
  for (const key of ["command", "entryPoint"] as const) commandHosts(translation, key, others, { services, domain, calls });
}

/** A service that calls itself by its name in Compose: within a task that is localhost. */
function nameItself({ hosts }: ServiceTranslation, variable: Variable): void {
  const before = variable.value;
  if (before === undefined || !mentionsHost(before, hosts) || !hosts.includes(bareHost(variable.name, before) ?? "")) return;
  variable.value = withDomain(before, hosts, "localhost");
  variable.isOfItself = true;
  variable.isTold = true;
  variable.field.claim({
    outcome: "changed",
    to: `environment.${variable.name}`,
    text: "it is the service itself: within its task, localhost.",
  });
}

function commandHosts(
  translation: ServiceTranslation,
  key: "command" | "entryPoint",
  others: readonly ServiceTranslation[],
  { domain, calls }: HostsContext,
): void {
  const words = translation.manifest[key] as string[] | undefined;
  if (!words) return;
  const field = translation.root.at(key === "command" ? "command" : "entrypoint");
  for (const other of others) {
    const named = other.hosts.find((host) => words.some((word) => mentionsHost(word, [host]) && word !== host));
    if (named === undefined) continue;
    if (isCallable(other)) {
      translation.manifest[key] = (translation.manifest[key] as string[]).map((word) =>
        other.hosts.includes(word) ? word : withDomain(word, other.hosts, `${other.service}.${domain}`),
      );
      addCall(translation, other, "sure", `the ${key === "command" ? "command" : "entrypoint"}`, calls, field?.node.origin.place);
      field?.claim({ outcome: "changed", to: key, text: "plain names are known to Compose alone; this one is in the environment's DNS." });
    } else if (other.role === "data" || other.role === "development") {
      field?.claim({
        outcome: "decide",
        to: key,
        text: `It names the host "${named}", which nothing here answers to: take the address from the variables that uses brings, such as by sh -c.`,
      });
    }
  }
}

/** Adds a call, once. */
export function addCall(
  from: ServiceTranslation,
  to: ServiceTranslation,
  certainty: InferredCall["certainty"],
  seen: string,
  calls: InferredCall[],
  place = from.place,
): void {
  if (from === to || from.calls.has(to.service)) return;
  from.calls.add(to.service);
  calls.push({ from: from.service, to: to.service, certainty, seen, place });
  from.say(
    {
      outcome: "changed",
      source: "services",
      to: `calls: [${to.service}]`,
      text: `${certainty === "sure" ? "surely" : "likely"}, by ${seen}: what others may reach is said here, and was open to all before.`,
    },
    place,
  );
}
