import { ArgumentErrors, type Binding } from "@fairlead/foundation";
import { bindingNames, bindingVariables } from "@fairlead/model";
import * as elasticache from "@pulumi/aws/elasticache";
import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";

import type { BindArgs } from "../bindable";
import { cacheBinding } from "../cache";
import type { DataDeclaration } from "../declaration";
import { loginOf } from "../role/serviceLogin";

/** Which database of RDS's it is: a cluster of Aurora's, or an instance. */
type DatabaseIdentifier = { clusterIdentifier: string } | { instanceIdentifier: string };

/** Arguments of {@link existingPostgres}. */
export type ExistingPostgresArgs = DatabaseIdentifier & {
  /**
   * ARN of the secret in Secrets Manager with the login of the services: JSON with `username` and `password`, as RDS and Copilot's addons write it. All services
   * that are bound have the same, since who owns the tables is not for `up` to change.
   */
  secretArn: string;
  /** ARN of the KMS key that the secret is encrypted with, where that is a key of yours. None by default. */
  kmsKeyArn?: string;
  /** Name of the database. By default the one that it was made with. */
  databaseName?: string;
  /** Security group into which the services that are bound are let. The first of its own by default. */
  securityGroupId?: string;
};

/**
 * A PostgreSQL of RDS's or Aurora's that somebody else made and goes on to own: services are bound to it, and `up` neither changes nor deletes it; it adds a
 * rule for each service to the security group. One that is not there fails the preview.
 *
 * @example
 * ```ts
 * const data = {
 *   orders: existingPostgres({
 *     clusterIdentifier: "shop-test-orders",
 *     secretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:orders-AbCdEf",
 *   }),
 * };
 * ```
 */
export const existingPostgres = (args: ExistingPostgresArgs): DataDeclaration => ({
  kind: "postgres",
  create: (name) => {
    const found = "clusterIdentifier" in args ? clusterOf(args.clusterIdentifier) : instanceOf(args.instanceIdentifier);
    return { kind: "postgres", bind: (bound) => postgresBinding(name, args, found, bound) };
  },
});

/** Where a database answers. */
interface FoundDatabase {
  host: pulumi.Output<string>;
  readerHost: pulumi.Output<string>;
  port: pulumi.Output<number>;
  databaseName: pulumi.Output<string>;
  securityGroupIds: pulumi.Output<string[]>;
}

function clusterOf(clusterIdentifier: string): FoundDatabase {
  const { endpoint, readerEndpoint, port, databaseName, vpcSecurityGroupIds } = rds.getClusterOutput({ clusterIdentifier });
  return { host: endpoint, readerHost: readerEndpoint, port, databaseName, securityGroupIds: vpcSecurityGroupIds };
}

function instanceOf(dbInstanceIdentifier: string): FoundDatabase {
  const { address, port, dbName, vpcSecurityGroups } = rds.getInstanceOutput({ dbInstanceIdentifier });
  return { host: address, readerHost: address, port, databaseName: dbName, securityGroupIds: vpcSecurityGroups };
}

function postgresBinding(label: string, args: ExistingPostgresArgs, found: FoundDatabase, { serviceName, access, as }: BindArgs): Binding {
  const errors = new ArgumentErrors();
  if (bindingNames(as, "url").length > 0)
    errors.refuse(
      "secretArn",
      `holds no URL, which ${serviceName} asks for ("as: { url: … }"): write one into a secret, and name that under "secrets"`,
    );
  errors.throwIfAny(`existingPostgres ${label}`);
  const { environment, secrets } = bindingVariables("postgres", label);
  const { username, password } = loginOf(args.secretArn, { kmsKeyArn: args.kmsKeyArn });
  return {
    environment: {
      [environment.HOST]: access === "read" ? found.readerHost : found.host,
      [environment.PORT]: pulumi.interpolate`${found.port}`,
      [environment.DATABASE]: args.databaseName ?? found.databaseName,
    },
    secrets: { [secrets.USERNAME]: username, [secrets.PASSWORD]: password },
    ingress: { name: label, securityGroupId: args.securityGroupId ?? found.securityGroupIds.apply(([first]) => first!), port: found.port },
  };
}

/** Arguments of {@link existingCache}. */
export interface ExistingCacheArgs {
  /** Id of the replication group of Valkey or Redis. */
  replicationGroupId: string;
  /** Security group of its nodes, into which the services that are bound are let. */
  securityGroupId: string;
  /** Whether it speaks TLS, `rediss://` then. True by default. A password that it asks for is not in the URL: name it under `secrets`. */
  transitEncryption?: boolean;
}

/** A Valkey or Redis of ElastiCache's that somebody else made and goes on to own; as {@link existingPostgres}. */
export const existingCache = ({ replicationGroupId, securityGroupId, transitEncryption = true }: ExistingCacheArgs): DataDeclaration => ({
  kind: "cache",
  create: (name) => {
    const { primaryEndpointAddress: endpoint, port } = elasticache.getReplicationGroupOutput({ replicationGroupId });
    return { kind: "cache", bind: ({ as }) => cacheBinding(name, { endpoint, port, securityGroupId, transitEncryption }, as) };
  },
});
