import type { ServiceSpec } from "@fairlead/manifest";
import { logGroupNameIn, serviceType } from "@fairlead/model";
import { ServiceLogGroup } from "@fairlead/observability";
import { logGroupToMake, logRouting, type TaskFeature } from "@fairlead/services";
import * as pulumi from "@pulumi/pulumi";

import type { EnvironmentResources, ServiceArgs } from "./serviceArgs";
import { tagging } from "./tags";

/** The log groups that services route their logs to and that nobody else makes, by name: AWS makes a name once, whoever writes to it. */
export function routedLogGroups(
  specs: readonly ServiceSpec[],
  { settings, logs }: Pick<EnvironmentResources, "settings" | "logs">,
): ReadonlyMap<string, ServiceLogGroup> {
  const own = new Set(specs.map(({ name }) => logGroupNameIn(settings.environmentName, name)));
  const writers = new Map<string, ServiceSpec[]>();
  for (const spec of specs) {
    const name = spec.logRouting && logGroupToMake(spec.logRouting.options, settings.region);
    if (name !== undefined && !own.has(name)) writers.set(name, [...(writers.get(name) ?? []), spec]);
  }
  const made = [...writers].map(([logGroupName, specs]) => {
    // Each was its service's own child before.
    const aliases = specs.map(({ name }) => ({ name: `${name}-routed`, parent: pulumi.createUrn(name, serviceType) }));
    const transformations = specs.length === 1 ? tagging(specs[0]!) : [];
    return [logGroupName, new ServiceLogGroup(logGroupName, { logGroupName, ...logs }, { aliases, transformations })] as const;
  });
  return new Map(made);
}

/** The service's logs on their way through FireLens. */
export function routedLogs(
  { options }: NonNullable<ServiceSpec["logRouting"]>,
  { settings, routedLogGroups }: Pick<ServiceArgs, "settings" | "routedLogGroups">,
  own: { group: ServiceLogGroup; name: string },
): TaskFeature {
  const { region } = settings;
  const name = logGroupToMake(options, region);
  const group = name === own.name ? own.group : routedLogGroups.get(name ?? "");
  return logRouting({ options, region, logGroupArn: group?.arn });
}
