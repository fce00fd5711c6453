import { ArgumentErrors, secretsManagerSecret, type Binding } from "@fairlead/foundation";
import { bindingVariables } from "@fairlead/model";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable, BindArgs } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";
import { GeneratedValue } from "./generatedValue";

/** Arguments of {@link Secret}. */
export interface SecretArgs {
  /**
   * Characters of the value: letters, digits, hyphens and underscores, each drawn at random. 43 by default, which is 256 bits; 16 to 128. Where a program wants
   * so many. Another length makes another value.
   */
  length?: number;
  /** ARN of the KMS key that encrypts it. AWS's own by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Pulumi refuses deletion and replacement (`protect`) until it is switched off. True by default: what was signed or encrypted with it is lost with it. */
  deletionProtection?: boolean;
  /** Changes the arguments of the secret just before it is created. */
  transform?: (args: secretsmanager.SecretArgs) => secretsmanager.SecretArgs;
}

const lengths = { minimum: 16, maximum: 128, default: 43 };

/**
 * A secret that nobody types: a random value in Secrets Manager, for what an environment's services agree on and nobody else knows, such as the key that signs
 * sessions, or the password of a server that runs as a container. `up` makes it once; it is in no state and no plan. A deleted one can be had back for 30 days.
 *
 * What somebody else issues, such as the key of a payment service, goes into Parameter Store by hand, and is named under `secrets` of a manifest.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * @example
 * ```ts
 * const sessionKey = new Secret("session-key");
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class Secret extends pulumi.ComponentResource implements Bindable {
  readonly kind = "secret";
  readonly arn: pulumi.Output<string>;
  private readonly versionId: pulumi.Output<string>;
  private readonly kmsKeyArn: pulumi.Input<string> | undefined;
  private readonly label: string;

  constructor(name: string, args: SecretArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:Secret", name, {}, options);
    const { length = lengths.default, kmsKeyArn, deletionProtection = true } = args;
    const errors = new ArgumentErrors();
    if (!Number.isInteger(length) || length < lengths.minimum || length > lengths.maximum)
      errors.refuse("length", `${length}, which is no whole number from ${lengths.minimum} to ${lengths.maximum}`);
    errors.throwIfAny(`Secret ${name}`);
    const base: secretsmanager.SecretArgs = { description: `Generated: ${name}`, kmsKeyId: kmsKeyArn };
    const secret = new secretsmanager.Secret(name, args.transform?.(base) ?? base, {
      parent: this,
      protect: deletionProtection || undefined,
    });
    this.label = name;
    this.arn = secret.arn;
    this.kmsKeyArn = kmsKeyArn;
    this.versionId = new GeneratedValue(name, { secretArn: secret.arn, length }, { parent: this }).versionId;
    this.registerOutputs({ arn: this.arn });
  }

  /** `<NAME>_VALUE`, which a task reads as it starts, and the file at `containerPath`, where one is named. Another value is another revision of its service. */
  bind({ containerPath }: Pick<BindArgs, "containerPath"> = {}): Binding {
    const { secrets } = bindingVariables(this.kind, this.label);
    const { versionId, kmsKeyArn } = this;
    const value = secretsManagerSecret(this.arn, { versionId, kmsKeyArn });
    return { secrets: { [secrets.VALUE]: value }, ...(containerPath !== undefined && { secretFiles: { [containerPath]: value } }) };
  }
}

/** Declares a {@link Secret}. */
export const secret = (args: Own<SecretArgs> = {}): DataDeclaration<Secret> => ({
  kind: "secret",
  create: (name, { kmsKeyArn, deletionProtection }) => new Secret(name, { kmsKeyArn, deletionProtection, ...args }),
});
