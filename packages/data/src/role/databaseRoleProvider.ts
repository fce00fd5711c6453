import { randomBytes, randomUUID } from "node:crypto";
import type { RDSDataClient } from "@aws-sdk/client-rds-data";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import type { Access } from "@fairlead/model";
import type { dynamic } from "@pulumi/pulumi";

import { inTransaction, roleFailed, type DataApiTarget } from "./dataApi";
import { dropStatements, roleStatements, type SqlStatement } from "./roleStatements";
import { scramVerifier } from "./scramVerifier";

/** What the engine keeps of a role: not its password. */
export interface DatabaseRoleProperties extends DataApiTarget {
  roleName: string;
  access: Access;
  /** Secret that its name and password are put into. */
  secretArn: string;
}

/** Version of the secret; as the role's comment it says which creation the role is of. */
type Made = DatabaseRoleProperties & { versionId: string };

/** What the provider needs from outside. */
export interface RoleClients {
  data: Pick<RDSDataClient, "send">;
  secrets: Pick<SecretsManagerClient, "send">;
  sleep: (seconds: number) => Promise<void>;
}

/** What a new password is for: another database, or another secret. */
const placed = ["clusterArn", "databaseName", "roleName", "secretArn"] as const;
/** What else the role goes by, or is deleted with, when only the state says how. */
const noted = ["access", "masterSecretArn"] as const;

/** Makes the role, and a password that only the secret and, as a verifier, the database know. */
export function roleProvider(clientsFor: (properties: DatabaseRoleProperties) => Promise<RoleClients>): dynamic.ResourceProvider {
  const run = async (properties: DatabaseRoleProperties, statements: SqlStatement[]) => {
    const { data, sleep } = await clientsFor(properties);
    await inTransaction(properties, statements, { client: data, sleep });
  };
  const bring = async (properties: DatabaseRoleProperties, mark: string, password?: string) => {
    const { roleName, access, databaseName } = properties;
    try {
      await run(properties, roleStatements({ roleName, access, mark, verifier: password && scramVerifier(password) }));
    } catch (error) {
      throw roleFailed(roleName, databaseName, error);
    }
  };
  const make = async (properties: DatabaseRoleProperties): Promise<Made> => {
    const versionId = randomUUID();
    const password = randomBytes(30).toString("base64url");
    await bring(properties, versionId, password);
    const { PutSecretValueCommand } = await import("@aws-sdk/client-secrets-manager");
    const { secrets } = await clientsFor(properties);
    const SecretString = JSON.stringify({ username: properties.roleName, password });
    await secrets.send(new PutSecretValueCommand({ SecretId: properties.secretArn, SecretString, ClientRequestToken: versionId }));
    return { ...properties, versionId };
  };
  const differs = (of: readonly (keyof DatabaseRoleProperties)[], olds: Made, news: DatabaseRoleProperties) =>
    of.some((property) => olds[property] !== news[property]);
  return {
    diff: (_id, olds: Made, news: DatabaseRoleProperties) => Promise.resolve({ changes: differs([...placed, ...noted], olds, news) }),
    create: async (inputs: DatabaseRoleProperties) => {
      const outs = await make(inputs);
      return { id: outs.versionId, outs };
    },
    update: async (_id, olds: Made, news: DatabaseRoleProperties) => {
      if (differs(placed, olds, news)) return { outs: await make(news) };
      // Tasks that run go on with the password that they have.
      await bring(news, olds.versionId);
      return { outs: { ...news, versionId: olds.versionId } };
    },
    delete: async (_id, olds: Made) => {
      try {
        await run(olds, dropStatements({ roleName: olds.roleName, mark: olds.versionId }));
      } catch (error) {
        // Without its database there is no role.
        if (!["NotFoundException", "DatabaseNotFoundException"].includes((error as Error).name)) throw error;
      }
    },
  };
}

const aws = new AwsAccess();

export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  ...roleProvider(async ({ clusterArn }) => {
    const { RDSDataClient } = await import("@aws-sdk/client-rds-data");
    const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    const region = clusterArn.split(":")[3];
    return {
      data: new RDSDataClient(await aws.clientConfig("rdsdata", region)),
      secrets: new SecretsManagerClient(await aws.clientConfig("secretsmanager", region)),
      sleep: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    };
  }),
};
