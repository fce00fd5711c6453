import type { ServiceSpec } from "@fairlead/manifest";
import { coded, firstFew } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { EnvironmentResources } from "./serviceArgs";
import { connects } from "./serviceFeatures";

type Needed = keyof Pick<
  EnvironmentResources,
  "network" | "cluster" | "loadBalancer" | "internalLoadBalancer" | "networkLoadBalancer" | "serviceDiscovery" | "data" | "logs"
>;

/** What each service needs of its environment, and what for. */
const needs: Record<Needed, { of: (spec: ServiceSpec, resources: EnvironmentResources) => boolean; why: string }> = {
  network: { of: () => true, why: "tasks run in it" },
  cluster: { of: () => true, why: "tasks run in it" },
  loadBalancer: { of: ({ routes, internal }) => routes.length > 0 && !internal, why: "`routes` lead through it" },
  internalLoadBalancer: { of: ({ internal }) => internal === true, why: "`routes` of what is internal lead through it" },
  networkLoadBalancer: { of: ({ tcp }) => tcp !== undefined, why: "`tcp` leads through it" },
  serviceDiscovery: {
    of: (spec, { serviceConnect }) => spec.containerPort !== undefined || connects({ spec, serviceConnect }),
    why: "others find a service with `containerPort` by it",
  },
  data: { of: ({ uses }) => uses.length > 0, why: "`uses` names what is in it" },
  logs: { of: () => true, why: "what tasks write is kept by it" },
};

/**
 * Refuses a composition that lacks what its services need: stacks are started without a look at their types.
 *
 * @throws pulumi.RunError with everything that is missing
 */
export function refuseMissing(specs: readonly ServiceSpec[], resources: EnvironmentResources): void {
  const said = Object.entries(needs).flatMap(([name, { of, why }]) => {
    if (resources[name as Needed] !== undefined && resources[name as Needed] !== null) return [];
    const needing = specs.filter((spec) => of(spec, resources)).map((spec) => spec.name);
    return needing.length === 0
      ? []
      : [`${name} is ${String(resources[name as Needed])}: expected one, since ${why} (${firstFew(needing, 3)})`];
  });
  if (said.length === 0) return;
  const fix = "Hand it over to deployServices in the stack's composition, `npm run typecheck` finds the place.";
  const { environmentName } = resources.settings;
  throw new pulumi.RunError(
    coded("FL2412", [`The composition of ${environmentName} lacks what its services need.`, ...said, `fix: ${fix}`].join("\n  ")),
  );
}
