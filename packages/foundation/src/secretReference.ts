import * as pulumi from "@pulumi/pulumi";

/** A secret that ECS hands to a container: a reference, never the value. */
export interface SecretReference {
  /** What the task definition states: an ARN, and a JSON key where only a part is wanted. */
  valueFrom: pulumi.Input<string>;
  /** What the execution role must be allowed to read. */
  arn: pulumi.Input<string>;
  store: "secretsManager" | "ssm";
  /** The key that it is encrypted with, if it is one of yours. */
  kmsKeyArn?: pulumi.Input<string | undefined>;
}

/**
 * A secret of Secrets Manager, or one key of it where it holds JSON (`<arn>:<key>::`).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretsManagerSecret(
  arn: pulumi.Input<string>,
  options: { jsonKey?: string; kmsKeyArn?: SecretReference["kmsKeyArn"] } = {},
): SecretReference {
  const { jsonKey, kmsKeyArn } = options;
  return { arn, valueFrom: jsonKey ? pulumi.interpolate`${arn}:${jsonKey}::` : arn, store: "secretsManager", kmsKeyArn };
}

/**
 * A parameter of SSM's Parameter Store.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
 */
export function ssmParameter(arn: pulumi.Input<string>, { kmsKeyArn }: Pick<SecretReference, "kmsKeyArn"> = {}): SecretReference {
  return { arn, valueFrom: arn, store: "ssm", kmsKeyArn };
}
