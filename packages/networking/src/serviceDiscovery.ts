import * as servicediscovery from "@pulumi/aws/servicediscovery";
import * as pulumi from "@pulumi/pulumi";

import type { Network } from "./network";

/** Arguments of {@link ServiceDiscovery}. */
export interface ServiceDiscoveryArgs {
  network: Network;
  /** Domain under which services find each other, such as `dev.internal`: `api` is then `api.dev.internal`. Resolves inside the VPC only. */
  namespaceName: string;
  /** Changes the arguments of the namespace just before it is created. */
  transform?: (args: servicediscovery.PrivateDnsNamespaceArgs) => servicediscovery.PrivateDnsNamespaceArgs;
}

/**
 * The Cloud Map namespace of an environment: each service has a name in the VPC's DNS, and in ECS Service Connect where it is used.
 *
 * @example
 * ```ts
 * const namespace = new ServiceDiscovery("dev", { network, namespaceName: "dev.internal" });
 * ```
 */
export class ServiceDiscovery extends pulumi.ComponentResource {
  readonly namespaceId: pulumi.Output<string>;
  readonly namespaceArn: pulumi.Output<string>;
  readonly namespaceName: string;

  constructor(name: string, args: ServiceDiscoveryArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:ServiceDiscovery", name, {}, options);
    const base: servicediscovery.PrivateDnsNamespaceArgs = {
      name: args.namespaceName,
      vpc: args.network.vpcId,
      description: "Services of this environment",
    };
    const namespace = new servicediscovery.PrivateDnsNamespace(name, args.transform?.(base) ?? base, { parent: this });
    this.namespaceId = namespace.id;
    this.namespaceArn = namespace.arn;
    this.namespaceName = args.namespaceName;
    this.registerOutputs({ namespaceId: this.namespaceId });
  }

  /** The name by which other services reach this one. */
  hostOf(serviceName: string): string {
    return `${serviceName}.${this.namespaceName}`;
  }
}
