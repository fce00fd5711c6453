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

/** Which part of a secret, which version of it, and its key. */
export interface SecretOptions extends Pick<SecretReference, "kmsKeyArn"> {
  /** The whole secret by default. */
  jsonKey?: string;
  /** Whichever is current when a task starts by default. */
  versionId?: pulumi.Input<string>;
}

/**
 * A secret of Secrets Manager, or one key of it where it holds JSON (`<arn>:<key>::`), and where it is to be, one version of it (`<arn>:<key>::<version>`).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function secretsManagerSecret(arn: pulumi.Input<string>, options: SecretOptions = {}): SecretReference {
  const { jsonKey = "", versionId = "", kmsKeyArn } = options;
  const whole = !options.jsonKey && options.versionId === undefined;
  return { arn, valueFrom: whole ? arn : pulumi.interpolate`${arn}:${jsonKey}::${versionId}`, store: "secretsManager", kmsKeyArn };
}

/**
 * A parameter of SSM's Parameter Store.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
 */
export function ssmParameter(arn: pulumi.Input<string>, { kmsKeyArn }: Pick<SecretReference, "kmsKeyArn"> = {}): SecretReference {
  return { arn, valueFrom: arn, store: "ssm", kmsKeyArn };
}
