import type { SecretReference } from "@fairlead/foundation";
import type { CpuArchitecture } from "@fairlead/model";
import type * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs } from "./container";
import type { TaskDefinitionArgs } from "./taskDefinitionArgs";
import type { TaskFeature } from "./taskFeature";

/** A container of a task; `own` for those that the features' variables are for. */
export interface NamedContainer {
  name: string;
  args: ContainerArgs<CpuArchitecture>;
  own: boolean;
}

/** Every container of a task by name: its own, with what the features give them, and the features' sidecars. */
export function namedContainers<A extends CpuArchitecture>(args: TaskDefinitionArgs<A>, features: TaskFeature[]): NamedContainer[] {
  const environment: Record<string, pulumi.Input<string>> = Object.assign({}, ...features.map((feature) => feature.environment));
  const secrets: Record<string, SecretReference> = Object.assign({}, ...features.map((feature) => feature.secrets));
  const own = Object.entries(args.containers).map(([name, container]) => ({
    name,
    args: {
      ...(container as ContainerArgs<CpuArchitecture>),
      environment: { ...environment, ...container.environment },
      secrets: { ...secrets, ...container.secrets },
    },
    own: true,
  }));
  const sidecars = features
    .flatMap((feature) => Object.entries(feature.sidecars ?? {}))
    .map(([name, container]) => ({ name, args: container, own: false }));
  return [...own, ...sidecars].sort((a, b) => (a.name < b.name ? -1 : 1));
}
