import { loadedProvider } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

import type { GeneratedValueProperties } from "./generatedValueProvider";

/** Arguments of {@link GeneratedValue}. */
export interface GeneratedValueArgs {
  secretArn: pulumi.Input<string>;
  length: number;
}

/**
 * A random value in a secret, made with it and when it is replaced (`pulumi up --replace <urn>`). The state has its version alone.
 *
 * Whoever runs `up` needs `secretsmanager:PutSecretValue`, and the use of the key that encrypts the secret.
 */
export class GeneratedValue extends pulumi.CustomResource {
  /** Version of the secret that has it. */
  declare readonly versionId: pulumi.Output<string>;

  constructor(name: string, args: GeneratedValueArgs, options?: pulumi.CustomResourceOptions) {
    const properties = { ...args } satisfies { [Key in keyof GeneratedValueProperties]: unknown };
    const __provider = loadedProvider("@fairlead/data/generatedValueProvider");
    super("pulumi-nodejs:dynamic/fairlead:GeneratedValue", name, { ...properties, versionId: undefined, __provider }, options);
  }
}
