import { ArgumentErrors, type Binding } from "@fairlead/foundation";
import { bindingNames, bindingVariables, explicitName, nameProblem } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import * as ec2 from "@pulumi/aws/ec2";
import * as elasticache from "@pulumi/aws/elasticache";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable, BindArgs } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";

/** Arguments of {@link Cache}. */
export interface CacheArgs {
  network: Network;
  /** `valkey` by default: it speaks Redis' protocol, and AWS sells it cheaper. */
  engine?: "valkey" | "redis";
  /**
   * Version, such as `8.1`, that it has until you name another one; it then takes no minor version by itself. By default it is made with Valkey
   * 8.0 or Redis 7.1, and AWS brings it to later minor versions. Name one to go to another major version, or from Redis to Valkey.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.html
   */
  engineVersion?: string;
  /** Size of a node. `cache.t4g.micro` by default: 0.5 GiB, the smallest. */
  nodeType?: string;
  /** Nodes, each in another zone; 1 to 6. 2 by default: with one, its outage empties the cache. */
  nodes?: number;
  /**
   * Whether it speaks TLS, and nothing else. True by default. False is for programs that can't, such as those that take a host and a port and know no TLS: who
   * reads the network's packets then reads what is in them. Another value makes clients connect otherwise.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
   */
  transitEncryption?: boolean;
  /** Days that snapshots are kept; 0 to 35. 1 by default. */
  snapshotRetentionDays?: number;
  /** ARN of the KMS key that encrypts data. AWS's own by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Pulumi refuses deletion and replacement (`protect`), with which it is empty, until it is switched off. True by default. */
  deletionProtection?: boolean;
  /** Changes the arguments of the replication group just before it is created. */
  transform?: (args: elasticache.ReplicationGroupArgs) => elasticache.ReplicationGroupArgs;
}

const port = 6379;
const versions = { valkey: "8.0", redis: "7.1" };

/**
 * Valkey or Redis on ElastiCache, in isolated subnets, TLS only. Its security group admits the services that are bound to it, and that is its
 * login: it has no password to lose.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
 * @example
 * ```ts
 * const sessions = new Cache("sessions", { network, nodeType: "cache.t4g.small" });
 * ```
 */
export class Cache extends pulumi.ComponentResource implements Bindable {
  readonly kind = "cache";
  readonly endpoint: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  private readonly label: string;
  private readonly transitEncryption: boolean;

  constructor(name: string, args: CacheArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:Cache", name, {}, options);
    this.label = name;
    const parent = { parent: this };
    const { network, engine = "valkey", nodes = 2, deletionProtection = true, transitEncryption = true } = args;
    this.transitEncryption = transitEncryption;
    const replicationGroupId = explicitName(`${pulumi.getStack()}-${name}`, "cache");
    const errors = new ArgumentErrors();
    errors.refuse("name", nameProblem(replicationGroupId, "cache"));
    errors.range("nodes", nodes, [1, 6], "nodes");
    errors.range("snapshotRetentionDays", args.snapshotRetentionDays, [0, 35], "days");
    errors.throwIfAny(`Cache ${name}`);
    const securityGroup = new ec2.SecurityGroup(
      `${name}-cache`,
      { vpcId: network.vpcId, description: `Cache ${name}: its services only` },
      parent,
    );
    const subnetGroup = new elasticache.SubnetGroup(
      name,
      { name: replicationGroupId, subnetIds: network.isolatedSubnetIds, description: `Cache ${name}` },
      parent,
    );
    const base: elasticache.ReplicationGroupArgs = {
      replicationGroupId,
      description: `Cache ${name}`,
      engine,
      engineVersion: args.engineVersion ?? versions[engine],
      nodeType: args.nodeType ?? "cache.t4g.micro",
      numCacheClusters: nodes,
      automaticFailoverEnabled: nodes > 1,
      multiAzEnabled: nodes > 1,
      port,
      subnetGroupName: subnetGroup.name,
      securityGroupIds: [securityGroup.id],
      atRestEncryptionEnabled: true,
      kmsKeyId: args.kmsKeyArn,
      transitEncryptionEnabled: transitEncryption,
      transitEncryptionMode: transitEncryption ? "required" : undefined,
      autoMinorVersionUpgrade: args.engineVersion === undefined,
      snapshotRetentionLimit: args.snapshotRetentionDays ?? 1,
      applyImmediately: true,
    };
    const groupArgs = args.transform?.(base) ?? base;
    // AWS raises the version, and the provider replaces a cache that is to have a lower one than it has.
    const ignoreChanges = groupArgs.engineVersion === versions[engine] && groupArgs.autoMinorVersionUpgrade ? ["engineVersion"] : undefined;
    const group = new elasticache.ReplicationGroup(name, groupArgs, { ...parent, protect: deletionProtection || undefined, ignoreChanges });
    this.endpoint = group.primaryEndpointAddress;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({ endpoint: this.endpoint });
  }

  /** `<NAME>_URL`, such as `rediss://…:6379`, and, as the service calls them, its host and its port alone. */
  bind({ as }: Pick<BindArgs, "as"> = {}): Binding {
    const { endpoint, securityGroupId, transitEncryption } = this;
    return cacheBinding(this.label, { endpoint, port, securityGroupId, transitEncryption }, as);
  }
}

/** What is known of a cache that services are bound to. */
export interface BoundCache {
  endpoint: pulumi.Input<string>;
  port: number;
  securityGroupId: pulumi.Input<string>;
  transitEncryption: boolean;
}

/** A cache's URL, its host and its port alone under names of the service's own, and the port that is opened. */
export function cacheBinding(
  label: string,
  { endpoint, port, securityGroupId, transitEncryption }: BoundCache,
  as: BindArgs["as"] = {},
): Binding {
  const url = pulumi.interpolate`${transitEncryption ? "rediss" : "redis"}://${endpoint}:${port}`;
  const named = (part: string, value: pulumi.Input<string>) =>
    Object.fromEntries(bindingNames(as, part).map((variable) => [variable, value]));
  return {
    environment: {
      [bindingVariables("cache", label).environment.URL]: url,
      ...named("host", endpoint),
      ...named("port", typeof port === "number" ? String(port) : pulumi.interpolate`${port}`),
    },
    ingress: { name: label, securityGroupId, port },
  };
}

/** Declares a {@link Cache}. */
export const cache = (args: Own<CacheArgs> = {}): DataDeclaration<Cache> => ({
  kind: "cache",
  create: (name, { network, kmsKeyArn, deletionProtection }) => new Cache(name, { network, kmsKeyArn, deletionProtection, ...args }),
});
