import type { LogSettings } from "@fairlead/foundation";
import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";

import { adoptedSubnets, type AdoptedVpcArgs } from "./adoptedSubnets";
import { FlowLogs, type FlowLogsArgs } from "./flowLogs";
import { gatewayEndpoints, gatewayServices } from "./gatewayEndpoints";
import { createdSubnets, type NetworkSubnets } from "./networkSubnets";
import { interfaceServices, PrivateEndpoints } from "./privateEndpoints";
import { searchDomain } from "./searchDomain";

/** How tasks in private subnets reach the internet. */
export type NatGateways = "none" | "single" | "onePerZone";

/** A VPC that {@link Network} creates through awsx. */
export interface CreatedVpcArgs {
  /** IPv4 range, /16 to /28. `10.0.0.0/16` by default. */
  cidrBlock?: string;
  /**
   * 2 by default, the least that a load balancer accepts; 3 where an outage of one zone must leave two. Choose it once: the VPC's range is
   * divided among the zones, so that another number replaces every subnet, and AWS refuses a subnet whose range overlaps that of the one it
   * replaces. To add the third zone later, give each zone a quarter from the start:
   * `transform: (args) => ({ ...args, availabilityZoneCidrMask: 18 })` for a /16.
   */
  availabilityZones?: 2 | 3;
  /**
   * `single` by default: one gateway costs a third of three, and a zone's outage may cut the others off from the internet. `onePerZone`
   * for production. `none` needs `endpoints`, of which FL2307 says which services need more than they lead to, or tasks with `assignPublicIp`.
   */
  natGateways?: NatGateways;
  /** AWS region, for the endpoints' service names. */
  region: string;
  /**
   * Interface endpoints for what a task needs to start and run without the internet. False by default: with a NAT gateway they are an extra
   * cost per hour and zone. Gateway endpoints for S3 and DynamoDB are always there.
   */
  endpoints?: boolean;
  /** Services with an interface endpoint besides the usual ones, such as `sqs`. Only with `endpoints`. */
  additionalEndpoints?: string[];
  /**
   * Domain in which tasks look for plain names: with the namespace of `ServiceDiscovery`, such as `dev.internal`, `api` is found as `api.dev.internal`, as
   * programs expect it that were written for Docker Compose. None by default: names are written out, and nothing but the VPC's own domain is searched. The
   * VPC's DHCP options carry it to each task as it starts; it takes the place of the region's own, such as `ec2.internal`.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
   */
  searchDomain?: string;
  /** Which traffic the flow logs keep; false for no flow logs. `REJECT` by default. */
  flowLogs?: FlowLogsArgs["trafficType"] | false;
  /** How flow logs are kept. */
  logs?: LogSettings;
}

/** Arguments of {@link Network}. */
export type NetworkArgs = (CreatedVpcArgs | AdoptedVpcArgs) & {
  /** Changes the arguments of the VPC just before it is created. */
  transform?: (args: awsx.VpcArgs) => awsx.VpcArgs;
};

const natStrategy = {
  none: "None",
  single: "Single",
  onePerZone: "OnePerAz",
} as const;

/**
 * The network that services run in: public subnets for the load balancer, private ones for tasks, isolated ones for databases. Creates a
 * VPC through `awsx.ec2.Vpc`, with flow logs and a default security group that admits nobody, or adopts one by id.
 *
 * @example
 * ```ts
 * const network = new Network("dev", { region: "us-east-1", natGateways: "single" });
 * const adopted = new Network("shared", { vpcId: "vpc-0a1b2c3d4e5f60718" });
 * ```
 */
export class Network extends pulumi.ComponentResource implements NetworkSubnets {
  readonly vpcId: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly isolatedSubnetIds: pulumi.Output<string[]>;
  readonly zonalPrivateSubnetIds: pulumi.Output<string[]>;
  readonly mountTargetSubnetIds: () => pulumi.Output<string[]>;
  /** How many zones its subnets are in. */
  readonly zones: number;
  /** What tasks wait for besides their subnets: the endpoints by which images, secrets and logs go, and the domain that plain names are looked for in. Nothing in an adopted VPC. */
  readonly ready: pulumi.Resource[];
  /**
   * What tasks reach where no NAT gateway leads to the internet: services of AWS by their endpoints, as these stand after `com.amazonaws.<region>.`.
   * Undefined where there is a gateway, and in an adopted VPC, of whose routes nothing is known.
   */
  readonly reachableServices: readonly string[] | undefined;

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:Network", name, {}, options);
    this.zones = args.availabilityZones ?? 2;
    const { vpcId, vpc, subnets } = "vpcId" in args ? this.adopt(args) : this.create(name, args);
    this.vpcId = vpcId;
    this.publicSubnetIds = subnets.publicSubnetIds;
    this.privateSubnetIds = subnets.privateSubnetIds;
    this.isolatedSubnetIds = subnets.isolatedSubnetIds;
    this.zonalPrivateSubnetIds = subnets.zonalPrivateSubnetIds;
    this.mountTargetSubnetIds = subnets.mountTargetSubnetIds;
    const isClosed = !("vpcId" in args) && args.natGateways === "none";
    const endpoints = "vpcId" in args || !args.endpoints ? [] : [...interfaceServices, ...(args.additionalEndpoints ?? [])];
    this.reachableServices = isClosed ? [...gatewayServices, ...endpoints] : undefined;
    this.ready = vpc ? this.harden(name, args as CreatedVpcArgs, vpc) : [];
    this.registerOutputs({ vpcId: this.vpcId, publicSubnetIds: this.publicSubnetIds, privateSubnetIds: this.privateSubnetIds });
  }

  private adopt(args: AdoptedVpcArgs): MadeNetwork {
    return { vpcId: pulumi.output(args.vpcId), subnets: adoptedSubnets(args, { parent: this }) };
  }

  private create(name: string, args: CreatedVpcArgs & Pick<NetworkArgs, "transform">): MadeNetwork {
    const base = vpcArgs(args, this.zones);
    const vpc = new awsx.Vpc(name, args.transform?.(base) ?? base, { parent: this });
    return { vpcId: vpc.vpcId, vpc, subnets: createdSubnets(vpc, args.natGateways === "none" ? "isolated" : "private", this.zones) };
  }

  /** Returns what tasks wait for. */
  private harden(name: string, args: CreatedVpcArgs, vpc: awsx.Vpc): pulumi.Resource[] {
    const { region, cidrBlock = defaultCidrBlock, additionalEndpoints: additionalServices } = args;
    const parent = { parent: this };
    // AWS creates it with the VPC and lets its members talk to each other; managed without rules, it lets nobody.
    new ec2.DefaultSecurityGroup(name, { vpcId: this.vpcId, ingress: [], egress: [] }, parent);
    const endpoints: pulumi.Resource[] = gatewayEndpoints(name, { vpc, vpcId: this.vpcId, region }, this);
    if (args.endpoints) {
      const subnetIds = this.zonalPrivateSubnetIds;
      endpoints.push(new PrivateEndpoints(name, { vpcId: this.vpcId, cidrBlock, subnetIds, region, additionalServices }, parent));
    }
    if (args.searchDomain !== undefined) endpoints.push(searchDomain(name, { vpcId: this.vpcId, domainName: args.searchDomain }, this));
    if (args.flowLogs !== false) new FlowLogs(name, { vpcId: this.vpcId, trafficType: args.flowLogs, logs: args.logs }, parent);
    return endpoints;
  }
}

/** A VPC with its subnets; `vpc` where it is this stack's own. */
interface MadeNetwork {
  vpcId: pulumi.Output<string>;
  vpc?: awsx.Vpc;
  subnets: NetworkSubnets;
}

const defaultCidrBlock = "10.0.0.0/16";

function vpcArgs(args: CreatedVpcArgs, zones: number): awsx.VpcArgs {
  const natGateways = args.natGateways ?? "single";
  return {
    cidrBlock: args.cidrBlock ?? defaultCidrBlock,
    numberOfAvailabilityZones: zones,
    natGateways: { strategy: natStrategy[natGateways] },
    enableDnsHostnames: true,
    enableDnsSupport: true,
    // Auto gives all subnets of a zone equal ranges; the older default sizes them by their kind and leaves gaps.
    subnetStrategy: "Auto",
    subnetSpecs: [{ type: "Public" }, ...(natGateways === "none" ? [] : [{ type: "Private" } as const]), { type: "Isolated" }],
  };
}
