import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";

import type { Network } from "./network";

/** Arguments of {@link LoadBalancer}. */
export interface LoadBalancerArgs {
  network: Network;
  /**
   * ARN of the ACM certificate for HTTPS on 443; port 80 then redirects. Without one the load balancer speaks plain HTTP on 80, which is
   * for environments without real users only.
   */
  certificateArn?: string;
  /** Refuses deletion until it is switched off. True by default: its address is what DNS and users know. */
  deletionProtection?: boolean;
  /** Changes the arguments of the load balancer just before it is created. */
  transform?: (args: lb.LoadBalancerArgs) => lb.LoadBalancerArgs;
}

/** TLS 1.3, with 1.2 for older clients. */
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/**
 * The public entry of an environment: an Application Load Balancer whose listener answers 404 until a service adds its rules.
 *
 * @example
 * ```ts
 * const loadBalancer = new LoadBalancer("dev", { network });
 * ```
 */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;
  /** The listener that services add their rules to. */
  readonly listenerArn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:LoadBalancer", name, {}, options);
    const parent = { parent: this };
    const securityGroup = new ec2.SecurityGroup(
      `${name}-alb`,
      { vpcId: args.network.vpcId, description: "Load balancer: HTTP and HTTPS from the internet, out to its services only" },
      parent,
    );
    const scheme = args.certificateArn ? "https" : "http";
    for (const [protocol, port] of args.certificateArn
      ? ([
          ["https", 443],
          ["http", 80],
        ] as const)
      : ([["http", 80]] as const)) {
      new vpc.SecurityGroupIngressRule(
        `${name}-alb-${protocol}`,
        {
          securityGroupId: securityGroup.id,
          cidrIpv4: "0.0.0.0/0",
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          description: `${protocol.toUpperCase()} from the internet`,
        },
        parent,
      );
    }
    const base: lb.LoadBalancerArgs = {
      loadBalancerType: "application",
      internal: false,
      subnets: args.network.publicSubnetIds,
      securityGroups: [securityGroup.id],
      enableDeletionProtection: args.deletionProtection ?? true,
      dropInvalidHeaderFields: true,
    };
    const loadBalancer = new lb.LoadBalancer(name, args.transform?.(base) ?? base, parent);
    const notFound: lb.ListenerArgs["defaultActions"] = [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody: "No service has this path.", statusCode: "404" } },
    ];
    const listener = args.certificateArn
      ? this.httpsListeners(name, loadBalancer.arn, args.certificateArn, notFound)
      : new lb.Listener(
          `${name}-http`,
          { loadBalancerArn: loadBalancer.arn, port: 80, protocol: "HTTP", defaultActions: notFound },
          parent,
        );
    this.securityGroupId = securityGroup.id;
    this.listenerArn = listener.arn;
    this.url = pulumi.interpolate`${scheme}://${loadBalancer.dnsName}`;
    this.registerOutputs({ url: this.url, listenerArn: this.listenerArn, securityGroupId: this.securityGroupId });
  }

  private httpsListeners(
    name: string,
    loadBalancerArn: pulumi.Output<string>,
    certificateArn: string,
    notFound: lb.ListenerArgs["defaultActions"],
  ): lb.Listener {
    new lb.Listener(
      `${name}-http`,
      {
        loadBalancerArn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }],
      },
      { parent: this },
    );
    return new lb.Listener(
      `${name}-https`,
      { loadBalancerArn, port: 443, protocol: "HTTPS", sslPolicy, certificateArn, defaultActions: notFound },
      { parent: this },
    );
  }
}
