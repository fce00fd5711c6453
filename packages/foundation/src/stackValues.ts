/** A stack's configuration, by `namespace:key`. */
export interface StackValues {
  get(key: string): string | undefined;
}

/** Services that programs beside Pulumi's AWS provider call, by their names in its `endpoints`. */
export type AwsService = "ecr" | "ecs" | "logs" | "rdsdata" | "resourcegroupstaggingapi" | "secretsmanager" | "sts";

/** A value of the configuration that is a list; one that is none is its only item. */
export function listOf<T>(values: StackValues, key: string): T[] {
  const text = values.get(key);
  if (text === undefined) return [];
  const value = JSON.parse(text) as T | T[];
  return Array.isArray(value) ? value : [value];
}

/** The address of a service that the configuration gives: `aws:endpoints`. */
export function endpointOf(values: StackValues, service: AwsService): string | undefined {
  return listOf<Record<string, string>>(values, "aws:endpoints").find((endpoints) => endpoints[service])?.[service];
}
