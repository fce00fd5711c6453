import { bareHost } from "@fairlead/manifest";

import type { Claims } from "../findings/claims";
import { childOf, type Place } from "../source/sourceNode";
import { environmentMark } from "./interpolate";
import type { Workload } from "./readManifest";
import type { Translation } from "./translation";

type Variables = Record<string, string>;

/**
 * Variables with plain names of hosts, such as `http://api:8080`. With Copilot only Service Connect answers to them. Those of services that are imported get
 * the name that DNS knows, which Copilot's services have as well; others nobody answers to, here or there.
 */
export function resolvePlainHosts(workloads: readonly Workload[], claims: Claims): void {
  for (const workload of workloads) {
    for (const translation of [workload.base, ...workload.environments.values()]) {
      for (const { to, variables } of variablesOf(translation)) {
        for (const [name, value] of Object.entries(variables)) {
          const host = bareHost(name, value);
          if (host === undefined) continue;
          const callee = workloads.find((other) => other.name === host);
          const place = placeOf(workload, name);
          if (callee) {
            variables[name] = withDomain(value, host, translation, portOf(callee));
            const now = variables[name].replaceAll(environmentMark, "<environment>");
            const text = "plain names are answered by Service Connect alone; this one is in the environment's DNS.";
            claims.say(
              {
                outcome: "changed",
                place,
                source: `variables.${name}`,
                service: workload.name,
                to: `${to}environment.${name}`,
                was: value,
                now,
                text,
              },
              translation.environment,
            );
          } else {
            delete variables[name];
            // In a network that Copilot made, nobody else answers either.
            const isLost = translation.adoptsVpc;
            const text = isLost
              ? `Nothing here answers to the host "${host}", and nothing of Copilot's did: name the one that is meant, under environment, or bind the data under uses.`
              : `nothing of Copilot's answered to the host "${host}", and nothing does here: it led nowhere, and is left out. Name the one that is meant, under environment, or bind the data under uses.`;
            claims.say(
              {
                outcome: isLost ? "decide" : "changed",
                place,
                source: `variables.${name}`,
                service: workload.name,
                to: `${to}environment.${name}`,
                was: value,
                text,
              },
              translation.environment,
            );
          }
        }
      }
    }
  }
}

function variablesOf({ manifest }: Translation): { to: string; variables: Variables }[] {
  const sidecars = Object.entries((manifest.sidecars ?? {}) as Record<string, { environment?: Variables }>);
  const all = [
    { to: "", variables: manifest.environment as Variables | undefined },
    ...sidecars.map(([name, { environment }]) => ({ to: `sidecars.${name}.`, variables: environment })),
  ];
  return all.flatMap(({ to, variables }) => (variables ? [{ to, variables }] : []));
}

function portOf({ base, environments }: Workload): number | undefined {
  return [base, ...environments.values()]
    .map(({ manifest }) => manifest.containerPort as number | undefined)
    .find((port) => port !== undefined);
}

/** `http://api/x` as `http://api.test.shop.local:8080/x`: Service Connect's own port needs not be named, the service's does. */
function withDomain(
  value: string,
  host: string,
  { application, environment = environmentMark }: Translation,
  port: number | undefined,
): string {
  const full = `${host}.${environment}.${application}.local`;
  const index = value.search(new RegExp(`(?<![\\w.-])${host.replaceAll("-", "\\-")}(?![\\w.-])`));
  const rest = value.slice(index + host.length);
  const needsPort = value.includes("://") && !/^:\d/.test(rest) && port !== undefined;
  return `${value.slice(0, index)}${full}${needsPort ? `:${port}` : ""}${rest}`;
}

function placeOf({ root }: Workload, variable: string): Place {
  return (childOf(childOf(root, "variables"), variable) ?? root).origin.place;
}
