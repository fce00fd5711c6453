import type { SecretReference } from "@fairlead/foundation";
import type { CpuArchitecture } from "@fairlead/model";
import type * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs } from "./container";
import { secretFilesContainer, secretFilesWriter } from "./secretFiles";
import type { TaskDefinitionArgs } from "./taskDefinitionArgs";
import type { TaskFeature } from "./taskFeature";

/** A container of a task; `own` for those that the features' variables are for. */
export interface NamedContainer {
  name: string;
  args: ContainerArgs<CpuArchitecture>;
  own: boolean;
}

/** Secrets that the features have as files, by path. */
export function secretFilesOf(features: TaskFeature[]): Record<string, SecretReference> {
  return Object.assign({}, ...features.map((feature) => feature.secretFiles)) as Record<string, SecretReference>;
}

/** Every container of a task by name: its own, with what the features give them, and the features' sidecars. */
export function namedContainers<A extends CpuArchitecture>(args: TaskDefinitionArgs<A>, features: TaskFeature[]): NamedContainer[] {
  const environment: Record<string, pulumi.Input<string>> = Object.assign({}, ...features.map((feature) => feature.environment));
  const secrets: Record<string, SecretReference> = Object.assign({}, ...features.map((feature) => feature.secrets));
  const files = secretFilesOf(features);
  const hasFiles = Object.keys(files).length > 0;
  const own = Object.entries(args.containers).map(([name, container]) => ({
    name,
    args: {
      ...(container as ContainerArgs<CpuArchitecture>),
      ...(hasFiles && { dependsOn: { ...container.dependsOn, [secretFilesContainer]: "SUCCESS" as const } }),
      environment: { ...environment, ...container.environment },
      secrets: { ...secrets, ...container.secrets },
    },
    own: true,
  }));
  const sidecars = features
    .flatMap((feature) => Object.entries(feature.sidecars ?? {}))
    .map(([name, container]) => ({ name, args: container, own: false }));
  const writer = hasFiles ? [{ name: secretFilesContainer, args: secretFilesWriter(files), own: false }] : [];
  return [...own, ...sidecars, ...writer].sort((a, b) => (a.name < b.name ? -1 : 1));
}
