import { randomBytes, randomUUID } from "node:crypto";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import type { dynamic } from "@pulumi/pulumi";

/** What the engine keeps of a value: not itself. */
export interface GeneratedValueProperties {
  secretArn: string;
  length: number;
}

/** With the version of the secret that has it. */
type Made = GeneratedValueProperties & { versionId: string };

/** Puts random values into secrets. */
export function valueProvider(
  clientFor: (properties: GeneratedValueProperties) => Promise<Pick<SecretsManagerClient, "send">>,
): dynamic.ResourceProvider {
  const make = async (properties: GeneratedValueProperties): Promise<Made> => {
    const { PutSecretValueCommand } = await import("@aws-sdk/client-secrets-manager");
    const { secretArn: SecretId, length } = properties;
    const versionId = randomUUID();
    const SecretString = randomBytes(length).toString("base64url").slice(0, length);
    const client = await clientFor(properties);
    await client.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken: versionId }));
    return { ...properties, versionId };
  };
  return {
    diff: (_id, olds: Made, news: GeneratedValueProperties) =>
      Promise.resolve({ changes: olds.secretArn !== news.secretArn || olds.length !== news.length }),
    create: async (inputs: GeneratedValueProperties) => {
      const outs = await make(inputs);
      return { id: outs.versionId, outs };
    },
    update: async (_id, _olds: Made, news: GeneratedValueProperties) => ({ outs: await make(news) }),
    // It goes with its secret.
    delete: () => Promise.resolve(),
  };
}

const aws = new AwsAccess();

export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  ...valueProvider(async ({ secretArn }) => {
    const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    return new SecretsManagerClient(await aws.clientConfig("secretsmanager", secretArn.split(":")[3]));
  }),
};
