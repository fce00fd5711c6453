import { ServiceLogGroup } from "@fairlead/observability";
import { logGroupToMake, logRouting, type TaskFeature } from "@fairlead/services";
import type * as pulumi from "@pulumi/pulumi";

import type { ServiceArgs } from "./serviceArgs";

/** The service's logs on their way through FireLens, with the log group that they go to where nobody else makes it. */
export function routedLogs(
  name: string,
  { options }: NonNullable<ServiceArgs["spec"]["logRouting"]>,
  { settings: { region }, logs }: Pick<ServiceArgs, "settings" | "logs">,
  own: { group: ServiceLogGroup; name: string },
  parent: pulumi.Resource,
): TaskFeature {
  const logGroupName = logGroupToMake(options, region);
  if (logGroupName === undefined) return logRouting({ options, region });
  const group = logGroupName === own.name ? own.group : new ServiceLogGroup(`${name}-routed`, { logGroupName, ...logs }, { parent });
  return logRouting({ options, region, logGroupArn: group.arn });
}
