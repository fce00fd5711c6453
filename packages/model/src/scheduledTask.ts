import { isMap } from "./isMap";

/** What a schedule starts, as EventBridge Scheduler's API says it. */
export interface ScheduledTarget<Parameters> {
  EcsParameters?: Parameters;
  Input?: string;
}

/** The task that a schedule starts: by itself, or by a state machine, which it gives RunTask's arguments. Undefined where it starts something else. */
export function scheduledTask<Parameters>({ EcsParameters, Input }: ScheduledTarget<Parameters>): Parameters | undefined {
  if (EcsParameters !== undefined) return EcsParameters;
  const { TaskDefinition, CapacityProviderStrategy, NetworkConfiguration } = runTaskArguments(Input) ?? {};
  if (TaskDefinition === undefined) return undefined;
  const strategy = Array.isArray(CapacityProviderStrategy) ? CapacityProviderStrategy.filter(isMap) : [];
  return {
    TaskDefinitionArn: TaskDefinition,
    CapacityProviderStrategy: strategy.map(({ CapacityProvider, Base, Weight }) => ({
      capacityProvider: CapacityProvider,
      base: Base,
      weight: Weight,
    })),
    NetworkConfiguration: isMap(NetworkConfiguration) ? { awsvpcConfiguration: NetworkConfiguration.AwsvpcConfiguration } : undefined,
  } as Parameters;
}

/** RunTask's arguments in what a state machine is given; undefined where it is given none. */
export function runTaskArguments(input: unknown): Record<string, unknown> | undefined {
  if (typeof input !== "string" || !input.includes("TaskDefinition")) return undefined;
  try {
    const value: unknown = JSON.parse(input);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
