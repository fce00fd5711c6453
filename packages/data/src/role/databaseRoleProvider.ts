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
  /** Where the database answers, where the secret is to have a URL. */
  host?: string;
  port?: number;
  /** Whether the secret has the place in the keys of RDS's own secrets as well. */
  asRdsDoes?: boolean;
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
/** What the secret says of the place: another one needs no other password. */
const located = ["host", "port", "asRdsDoes"] as const;
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
  const put = async (properties: DatabaseRoleProperties, versionId: string, password: string) => {
    const { PutSecretValueCommand } = await import("@aws-sdk/client-secrets-manager");
    const { secrets } = await clientsFor(properties);
    const SecretString = JSON.stringify(loginText(properties, password));
    await secrets.send(new PutSecretValueCommand({ SecretId: properties.secretArn, SecretString, ClientRequestToken: versionId }));
  };
  const make = async (properties: DatabaseRoleProperties): Promise<Made> => {
    const versionId = randomUUID();
    const password = randomBytes(30).toString("base64url");
    await bring(properties, versionId, password);
    await put(properties, versionId, password);
    return { ...properties, versionId };
  };
  /** Tasks that run go on with the password that they have; those that start later find it in the URL. */
  const relocate = async (olds: Made, news: DatabaseRoleProperties): Promise<Made> => {
    const { GetSecretValueCommand } = await import("@aws-sdk/client-secrets-manager");
    const { secrets } = await clientsFor(news);
    const { SecretString = "{}" } = await secrets.send(new GetSecretValueCommand({ SecretId: olds.secretArn, VersionId: olds.versionId }));
    const { password } = JSON.parse(SecretString) as { password?: string };
    if (password === undefined) return make(news);
    const versionId = randomUUID();
    await bring(news, versionId);
    await put(news, versionId, password);
    return { ...news, versionId };
  };
  const differs = (of: readonly (keyof DatabaseRoleProperties)[], olds: Made, news: DatabaseRoleProperties) =>
    of.some((property) => olds[property] !== news[property]);
  return {
    diff: (_id, olds: Made, news: DatabaseRoleProperties) =>
      Promise.resolve({ changes: differs([...placed, ...located, ...noted], olds, news) }),
    create: async (inputs: DatabaseRoleProperties) => {
      const outs = await make(inputs);
      return { id: outs.versionId, outs };
    },
    update: async (_id, olds: Made, news: DatabaseRoleProperties) => {
      if (differs(placed, olds, news)) return { outs: await make(news) };
      if (differs(located, olds, news)) return { outs: await relocate(olds, news) };
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

/** What is kept of a login: in the keys that RDS writes, and `url`. */
export function loginText(properties: Omit<DatabaseRoleProperties, "access" | "masterSecretArn" | "secretArn">, password: string) {
  const { roleName, host, port, databaseName, clusterArn, asRdsDoes } = properties;
  const place = { engine: "postgres", host, port, dbname: databaseName, dbClusterIdentifier: clusterArn.split(":").at(-1) };
  return { username: roleName, password, url: urlOf(properties, password), ...(asRdsDoes && place) };
}

/** As libpq reads it; undefined where nobody said where the database answers. */
function urlOf({ roleName, host, port, databaseName }: Parameters<typeof loginText>[0], password: string): string | undefined {
  if (host === undefined) return undefined;
  const [user, database] = [roleName, databaseName].map(encodeURIComponent);
  return `postgresql://${user}:${password}@${host}:${port}/${database}?sslmode=require`;
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
