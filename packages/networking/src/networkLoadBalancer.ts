import { autoNamed } from "@fairlead/model";
import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import type { AccessLogs } from "./accessLogs";
import { defaultSslPolicy } from "./loadBalancer";
import type { Network } from "./network";

/** Arguments of {@link NetworkLoadBalancer}. */
export interface NetworkLoadBalancerArgs {
  network: Network;
  /** True: it has private addresses, which the VPC reaches and networks connected to it. False by default. */
  internal?: boolean;
  /**
   * IPv4 ranges that are admitted. All addresses by default, also where it is internal: there these are all who have a route to the VPC, such
   * as networks behind a peering or a VPN.
   */
  cidrBlocks?: string[];
  /** AWS and Pulumi refuse deletion, and Pulumi a replacement (`protect`), until it is switched off. True by default. */
  deletionProtection?: boolean;
  /** Where access logs of its TLS listeners go. Nowhere by default. */
  accessLogs?: AccessLogs;
  /** Changes the arguments of the load balancer just before it is created. */
  transform?: (args: lb.LoadBalancerArgs) => lb.LoadBalancerArgs;
}

/**
 * A Network Load Balancer, for what is not HTTP. Each service that uses it brings its own port and listener.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html
 * @example
 * ```ts
 * const networkLoadBalancer = new NetworkLoadBalancer("dev-tcp", { network });
 * ```
 */
export class NetworkLoadBalancer extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  private readonly cidrBlocks: string[];
  private readonly protect: true | undefined;
  private readonly label: string;

  constructor(name: string, args: NetworkLoadBalancerArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:NetworkLoadBalancer", name, {}, options);
    const parent = { parent: this };
    const { network, internal = false } = args;
    const securityGroup = new ec2.SecurityGroup(
      `${name}-nlb`,
      { vpcId: network.vpcId, description: "Network load balancer: its listeners ports, out to its services only" },
      parent,
    );
    const { deletionProtection = true } = args;
    this.protect = deletionProtection || undefined;
    const base: lb.LoadBalancerArgs = {
      loadBalancerType: "network",
      internal,
      subnets: internal ? network.zonalPrivateSubnetIds : network.publicSubnetIds,
      securityGroups: [securityGroup.id],
      enableDeletionProtection: deletionProtection,
      enableCrossZoneLoadBalancing: true,
      accessLogs: args.accessLogs && { bucket: args.accessLogs.bucketName, prefix: `nlb/${name}`, enabled: true },
    };
    const loadBalancer = new lb.LoadBalancer(autoNamed(name, "loadBalancer"), args.transform?.(base) ?? base, {
      ...parent,
      protect: this.protect,
    });
    this.securityGroupId = securityGroup.id;
    this.arn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.cidrBlocks = args.cidrBlocks ?? ["0.0.0.0/0"];
    this.label = name;
    this.registerOutputs({ arn: this.arn, dnsName: this.dnsName });
  }

  /** Opens a port and forwards what comes to a target group; TLS ends here where there is a certificate. */
  listen(
    name: string,
    args: { port: number; targetGroupArn: pulumi.Input<string>; certificateArn?: pulumi.Input<string> },
    parent: pulumi.Resource,
  ): lb.Listener {
    this.cidrBlocks.forEach((cidrIpv4, index) => {
      new vpc.SecurityGroupIngressRule(
        `${this.label}-${args.port}${index > 0 ? `-${index + 1}` : ""}`,
        {
          securityGroupId: this.securityGroupId,
          cidrIpv4,
          ipProtocol: "tcp",
          fromPort: args.port,
          toPort: args.port,
          description: `To ${name}`,
        },
        { parent },
      );
    });
    const tls = args.certificateArn && { protocol: "TLS", certificateArn: args.certificateArn, sslPolicy: defaultSslPolicy };
    // Called after its port: AWS refuses a second listener on a port, so one that moves to another service must stay the same. The alias is its name
    // before 0.3.0.
    return new lb.Listener(
      `${this.label}-${args.port}`,
      {
        loadBalancerArn: this.arn,
        port: args.port,
        protocol: "TCP",
        ...tls,
        defaultActions: [{ type: "forward", targetGroupArn: args.targetGroupArn }],
      },
      { parent, aliases: [{ name: `${name}-tcp` }], protect: this.protect },
    );
  }
}
