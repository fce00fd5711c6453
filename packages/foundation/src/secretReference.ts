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
  /**
   * Whether an `up` deploys a service anew when the secret has another version than the one that it was deployed with. False by default: what an `up` deploys
   * then follows from the program alone, and tasks that start later read the new value anyway. A job would run again.
   */
  redeployOnChange?: boolean;
}

/** Which part of a secret, which version of it, and its key. */
export interface SecretOptions extends Pick<SecretReference, "kmsKeyArn" | "redeployOnChange"> {
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
  const { jsonKey = "", versionId = "", kmsKeyArn, redeployOnChange } = options;
  const whole = !options.jsonKey && options.versionId === undefined;
  const valueFrom = whole ? arn : pulumi.interpolate`${arn}:${jsonKey}::${versionId}`;
  return { arn, valueFrom, store: "secretsManager", kmsKeyArn, redeployOnChange };
}

/**
 * A parameter of SSM's Parameter Store.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
 */
export function ssmParameter(
  arn: pulumi.Input<string>,
  { kmsKeyArn, redeployOnChange }: Pick<SecretReference, "kmsKeyArn" | "redeployOnChange"> = {},
): SecretReference {
  return { arn, valueFrom: arn, store: "ssm", kmsKeyArn, redeployOnChange };
}
