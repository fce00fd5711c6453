import type { PlanResource } from "@fairlead/plan";

/** A container of a task, and where its output goes. */
export interface ContainerInAws {
  name: string;
  essential: boolean;
  logs: LogsInAws | undefined;
}

/** Streams of CloudWatch Logs. Undefined in a container whose output goes elsewhere. */
export interface LogsInAws {
  group: string;
  region: string | undefined;
  /** What the name of a task's stream begins with: `<prefix>/<container>/<task id>` of `awslogs`. */
  streamPrefix: string;
}

interface Definition {
  name: string;
  essential?: boolean;
  logConfiguration?: { logDriver?: string; options?: Record<string, string> };
}

/** The containers of a task definition. @param own name of the service's own, which comes first */
export function containersIn({ inputs }: PlanResource, own: string): ContainerInAws[] {
  const { containerDefinitions } = inputs;
  const definitions = typeof containerDefinitions === "string" ? (JSON.parse(containerDefinitions) as Definition[]) : [];
  return definitions
    .map(({ name, essential, logConfiguration }) => ({ name, essential: essential !== false, logs: logsOf(name, logConfiguration) }))
    .sort((a, b) => Number(b.name === own) - Number(a.name === own));
}

function logsOf(container: string, { logDriver, options = {} }: Definition["logConfiguration"] = {}): LogsInAws | undefined {
  const group = logDriver === "awslogs" ? options["awslogs-group"] : options.log_group_name;
  if (group === undefined) return undefined;
  return logDriver === "awslogs"
    ? { group, region: options["awslogs-region"], streamPrefix: `${options["awslogs-stream-prefix"]}/${container}/` }
    : // Fluent Bit puts its own tag behind the prefix: `<container>-firelens-<task id>`.
      { group, region: options.region, streamPrefix: `${options.log_stream_prefix ?? ""}${container}-firelens-` };
}
