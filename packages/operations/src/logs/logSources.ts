import { UserError } from "@fairlead/model";

import { chosenRunnables } from "../stack/chosenServices";
import type { StackInAws } from "../stack/stackInAws";

/** Streams of a container of a service or a job. */
export interface LogSource {
  service: string;
  container: string;
  /** Whether it is the service's own container, and not one beside it. */
  isOwn: boolean;
  group: string;
  region: string | undefined;
  streamPrefix: string;
}

/**
 * Where the output of services and jobs is.
 *
 * @param named services and jobs; all where there are none
 * @param container one of their containers; all by default
 * @throws UserError where there is no such service, or no such container in it, or its output goes elsewhere
 */
export function logSources(inAws: StackInAws, named: readonly string[], container?: string): LogSource[] {
  const chosen = chosenRunnables(inAws, named);
  const sources = chosen.flatMap(({ name: service, containers }) =>
    containers.flatMap(({ name, logs }, index) => (logs ? [{ service, container: name, isOwn: index === 0, ...logs }] : [])),
  );
  const found = sources.filter((source) => container === undefined || source.container === container);
  if (found.length > 0) return found;
  if (container === undefined)
    throw new UserError(`Nothing that ${chosen.map(({ name }) => name).join(", ") || inAws.stack} writes goes to CloudWatch Logs.`);
  const names = [...new Set(sources.map((source) => source.container))].join(", ");
  throw new UserError(`There is no container "${container}" with logs in CloudWatch. There are ${names || "none"}.`);
}
