import { coded, UserError } from "@fairlead/model";

/** A stack's configuration, by `namespace:key`. */
export interface StackValues {
  get(key: string): string | undefined;
}

/** Services that programs beside Pulumi's AWS provider call, by their names in its `endpoints`. */
export type AwsService =
  | "appautoscaling"
  | "cloudformation"
  | "cloudtrail"
  | "cloudwatch"
  | "dynamodb"
  | "ec2"
  | "ecr"
  | "ecs"
  | "elbv2"
  | "iam"
  | "kms"
  | "logs"
  | "rds"
  | "rdsdata"
  | "resourcegroupstaggingapi"
  | "scheduler"
  | "secretsmanager"
  | "servicequotas"
  | "ssm"
  | "sts";

/**
 * A value of the configuration that is a list; one that is none is its only item.
 *
 * @throws UserError where it is no JSON, as Pulumi stores what is structured
 */
export function listOf<T>(values: StackValues, key: string): T[] {
  const text = values.get(key);
  if (text === undefined) return [];
  const value = parsed(key, text) as T | T[];
  return Array.isArray(value) ? value : [value];
}

function parsed(key: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Neither the text nor what the parser quotes of it: it may be a secret.
    throw new UserError(
      coded(
        "FL2407",
        `${key} of the stack's configuration is no JSON, as Pulumi stores a list. expected: a list in Pulumi.<stack>.yaml. ` +
          `fix: Write it as YAML there, or set it by \`pulumi config set --path '${key}[0]…'\`.`,
      ),
    );
  }
}

/** The address of a service that the configuration gives: `aws:endpoints`. */
export function endpointOf(values: StackValues, service: AwsService): string | undefined {
  return listOf<Record<string, string>>(values, "aws:endpoints").find((endpoints) => endpoints[service])?.[service];
}
