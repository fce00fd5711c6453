import * as ec2 from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";

import { adoptedSubnetIds } from "./adoptedSubnets";
import { PrivateEndpoints } from "./privateEndpoints";

/** How tasks in private subnets reach the internet. */
export type NatGateways = "none" | "single" | "onePerZone";

/** A VPC that {@link Network} creates through awsx. */
export interface CreatedVpcArgs {
  /** IPv4 range, /16 to /28. `10.0.0.0/16` by default. */
  cidrBlock?: string;
  /** 2 by default, the least that a load balancer accepts; 3 where an outage of one zone must leave two. */
  availabilityZones?: 2 | 3;
  /**
   * `single` by default: one gateway costs a third of three, and a zone's outage may cut the others off from the internet. `onePerZone`
   * for production. `none` needs `endpoints`.
   */
  natGateways?: NatGateways;
  /** AWS region, for the endpoints' service names. */
  region: string;
  /**
   * Interface endpoints for what a task needs to start: its image and its logs. False by default: with a NAT gateway they are an extra
   * cost per hour and zone.
   */
  endpoints?: boolean;
}

/** A VPC that exists already. */
export interface AdoptedVpcArgs {
  vpcId: string;
  /** Subnets with a route to an internet gateway. By default those of the VPC that give public addresses at launch. */
  publicSubnetIds?: string[];
  /** Subnets for tasks. By default those of the VPC that give no public addresses at launch. */
  privateSubnetIds?: string[];
}

/** Arguments of {@link Network}. */
export type NetworkArgs = (CreatedVpcArgs | AdoptedVpcArgs) & {
  /** Changes the arguments of the VPC just before it is created. */
  transform?: (args: ec2.VpcArgs) => ec2.VpcArgs;
};

const natStrategy = {
  none: "None",
  single: "Single",
  onePerZone: "OnePerAz",
} as const;

/**
 * The network that services run in: public subnets for the load balancer, private ones for tasks. Creates a VPC through `awsx.ec2.Vpc`
 * or adopts one by id.
 *
 * @example
 * ```ts
 * const network = new Network("dev", { region: "us-east-1", natGateways: "single" });
 * const adopted = new Network("dev", { vpcId: "vpc-0a1b2c3d4e5f60718" });
 * ```
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:Network", name, {}, options);
    if ("vpcId" in args) {
      this.vpcId = pulumi.output(args.vpcId);
      const adopted = adoptedSubnetIds(args, { parent: this });
      this.publicSubnetIds = adopted.publicSubnetIds;
      this.privateSubnetIds = adopted.privateSubnetIds;
    } else {
      if (args.natGateways === "none" && !args.endpoints) {
        throw new pulumi.InputPropertiesError({
          message: `Network ${name}: tasks could not pull their images`,
          errors: [
            { propertyPath: "endpoints", reason: 'natGateways is "none", so endpoints must be true; or choose "single" or "onePerZone"' },
          ],
        });
      }
      const base = vpcArgs(args);
      const vpc = new ec2.Vpc(name, args.transform?.(base) ?? base, { parent: this });
      this.vpcId = vpc.vpcId;
      this.publicSubnetIds = vpc.publicSubnetIds;
      this.privateSubnetIds = args.natGateways === "none" ? vpc.isolatedSubnetIds : vpc.privateSubnetIds;
      if (args.endpoints) {
        new PrivateEndpoints(
          name,
          { vpcId: this.vpcId, cidrBlock: base.cidrBlock!, subnetIds: this.privateSubnetIds, region: args.region },
          { parent: this },
        );
      }
    }
    this.registerOutputs({ vpcId: this.vpcId, publicSubnetIds: this.publicSubnetIds, privateSubnetIds: this.privateSubnetIds });
  }
}

function vpcArgs(args: CreatedVpcArgs): ec2.VpcArgs {
  const natGateways = args.natGateways ?? "single";
  return {
    cidrBlock: args.cidrBlock ?? "10.0.0.0/16",
    numberOfAvailabilityZones: args.availabilityZones ?? 2,
    natGateways: { strategy: natStrategy[natGateways] },
    enableDnsHostnames: true,
    enableDnsSupport: true,
    // Auto spreads the range evenly whatever the number of zones; the older default leaves gaps that move when a zone is added.
    subnetStrategy: "Auto",
    subnetSpecs: [{ type: "Public" }, { type: natGateways === "none" ? "Isolated" : "Private" }],
  };
}
