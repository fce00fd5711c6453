import { autoNamed, coded } from "@fairlead/model";
import * as ec2 from "@pulumi/aws/ec2";
import * as lb from "@pulumi/aws/lb";
import * as vpc from "@pulumi/aws/vpc";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";

import type { AccessLogs } from "./accessLogs";
import { DnsAlias } from "./dnsAlias";
import type { Network } from "./network";
import { RuleCount } from "./ruleCount";
import type { ServiceLoadBalancer } from "./serviceLoadBalancer";
import type { WebAcl } from "./webAcl";

/** Arguments of {@link LoadBalancer}. */
export interface LoadBalancerArgs {
  network: Network;
  /**
   * ARN of the ACM certificate for HTTPS on 443; port 80 then redirects. Without one the load balancer speaks plain HTTP on 80, which is
   * for environments without real users only.
   */
  certificateArn?: pulumi.Input<string>;
  /** Name that users type, which the certificate is for. Without one `url` is its name at AWS, which no certificate can be for. */
  domainName?: string;
  /** Id of the Route 53 hosted zone that answers for `domainName`, to make a record there. None by default: the name is led here elsewhere. */
  hostedZoneId?: pulumi.Input<string>;
  /**
   * Who reaches it. `internet` by default. The others are for an {@link Edge} in front: with `cloudFrontVpcOrigin` it has no public address;
   * with `cloudFront` it has one that admits CloudFront's addresses alone, and its `webAcl` must require a header that only your distribution
   * sends, since the addresses are those of everybody's distributions.
   */
  admits?: "internet" | "cloudFront" | "cloudFrontVpcOrigin";
  /**
   * True: it has private addresses alone, which the VPC reaches and networks connected to it. False by default. With `admits: "cloudFrontVpcOrigin"` it has none
   * other anyway.
   */
  internal?: boolean;
  /**
   * IPv4 ranges that are admitted, where it `admits` the internet. All addresses by default, also where it is internal: there these are all who have a route to
   * the VPC.
   */
  cidrBlocks?: string[];
  /**
   * Which versions and ciphers of TLS it speaks with clients. By default TLS 1.3 and 1.2, with post-quantum key exchange for clients that know it:
   * `ELBSecurityPolicy-TLS13-1-2-PQ-2025-09`, which refuses no client that the same without PQ takes.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
   */
  sslPolicy?: string;
  /** AWS and Pulumi refuse deletion, and Pulumi a replacement (`protect`), until it is switched off. True by default: its address is what DNS and users know. */
  deletionProtection?: boolean;
  /** Where access logs go. Nowhere by default: they cost by the request. */
  accessLogs?: AccessLogs;
  /** Firewall in front. None by default: it costs by the request. */
  webAcl?: WebAcl;
  /**
   * Listener rules that it may have: the account's quota. 100 by default, AWS's own.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
   */
  maxRules?: number;
  /**
   * How long an idle connection stays, in seconds; 1 to 4,000. 60 by default, AWS's own.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#connection-idle-timeout
   */
  idleTimeoutSeconds?: number;
  /** Changes the arguments of the load balancer just before it is created. */
  transform?: (args: lb.LoadBalancerArgs) => lb.LoadBalancerArgs;
}

/** TLS 1.3, with 1.2 for older clients, and post-quantum key exchange for newer ones. */
export const defaultSslPolicy = "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09";

/**
 * The entry of an environment: an Application Load Balancer whose listener answers 404 until a service adds its rules.
 *
 * @example
 * ```ts
 * const loadBalancer = new LoadBalancer("dev", { network, certificateArn: certificate.arn, accessLogs, webAcl });
 * ```
 */
export class LoadBalancer extends pulumi.ComponentResource implements ServiceLoadBalancer {
  readonly securityGroupId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly protocol: "http" | "https";
  readonly arn: pulumi.Output<string>;
  readonly arnSuffix: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  readonly originHeader: WebAcl["requiredHeader"];
  readonly label: string;
  private readonly rules: RuleCount;

  constructor(name: string, args: LoadBalancerArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:LoadBalancer", name, {}, options);
    this.label = name;
    this.rules = new RuleCount(args.maxRules);
    const parent = { parent: this };
    if (args.admits === "cloudFront" && !args.webAcl?.requiredHeader) {
      const reason = "admits CloudFront's addresses, which anybody's distribution has: its webAcl must have a requiredHeader";
      throw new pulumi.InputPropertiesError({ message: `LoadBalancer ${name}`, errors: [{ propertyPath: "webAcl", reason }] });
    }
    if ((args.admits ?? "internet") !== "internet" && args.webAcl?.requestsPerFiveMinutes !== undefined) {
      const reason =
        "limits the requests of an address, and all are CloudFront's: requestsPerFiveMinutes: false here, a number in the Edge's";
      throw new pulumi.InputPropertiesError({ message: `LoadBalancer ${name}`, errors: [{ propertyPath: "webAcl", reason }] });
    }
    if ((args.admits ?? "internet") !== "internet" && args.cidrBlocks) {
      const reason = "it admits CloudFront alone: leave cidrBlocks out";
      throw new pulumi.InputPropertiesError({ message: `LoadBalancer ${name}`, errors: [{ propertyPath: "cidrBlocks", reason }] });
    }
    const internal = args.internal === true || args.admits === "cloudFrontVpcOrigin";
    this.originHeader = args.admits === "cloudFront" ? args.webAcl?.requiredHeader : undefined;
    const securityGroup = new ec2.SecurityGroup(
      `${name}-alb`,
      { vpcId: args.network.vpcId, description: "Load balancer: HTTP and HTTPS from the internet, out to its services only" },
      parent,
    );
    this.admit(name, args, securityGroup.id);
    const { deletionProtection = true } = args;
    const entry = { parent: this, protect: deletionProtection || undefined };
    const base: lb.LoadBalancerArgs = {
      loadBalancerType: "application",
      internal,
      subnets: internal ? args.network.zonalPrivateSubnetIds : args.network.publicSubnetIds,
      securityGroups: [securityGroup.id],
      enableDeletionProtection: deletionProtection,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      idleTimeout: args.idleTimeoutSeconds ?? 60,
      accessLogs: args.accessLogs && { bucket: args.accessLogs.bucketName, prefix: `alb/${name}`, enabled: true },
    };
    const loadBalancer = new lb.LoadBalancer(autoNamed(name, "loadBalancer"), args.transform?.(base) ?? base, entry);
    const listener = this.listen(name, loadBalancer.arn, args, entry);
    // To delete the old association after the new one is made takes away whatever is there. https://github.com/pulumi/pulumi-aws/issues/4782
    const association = { ...parent, deleteBeforeReplace: true };
    if (args.webAcl) new wafv2.WebAclAssociation(name, { resourceArn: loadBalancer.arn, webAclArn: args.webAcl.arn }, association);
    this.securityGroupId = securityGroup.id;
    this.listenerArn = listener.arn;
    this.arn = loadBalancer.arn;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.protocol = args.certificateArn ? "https" : "http";
    this.url = pulumi.interpolate`${this.protocol}://${args.domainName ?? loadBalancer.dnsName}`;
    this.leadHere(name, args);
    this.registerOutputs({ url: this.url, listenerArn: this.listenerArn, securityGroupId: this.securityGroupId });
  }

  addRule(): void {
    this.rules.add();
  }

  /** None: it is new, and a target group belongs to one load balancer. */
  formerTargetGroupOf(): undefined {
    return undefined;
  }

  /** Leads its domain name here; tells of a certificate that is for no name that anybody could type. */
  private leadHere(name: string, { admits = "internet", certificateArn, domainName, hostedZoneId }: LoadBalancerArgs): void {
    if (domainName !== undefined && hostedZoneId !== undefined)
      new DnsAlias(name, { domainName, hostedZoneId, target: this }, { parent: this });
    if (certificateArn === undefined || domainName !== undefined || admits !== "internet") return;
    const fix = "Give it domainName, the name that the certificate is for.";
    const message = `LoadBalancer ${name} speaks HTTPS and has no domain name: at the one that AWS gives it, every client refuses the certificate. ${fix}`;
    void pulumi.log.warn(coded("FL2305", message), this);
  }

  private admit(name: string, args: LoadBalancerArgs, securityGroupId: pulumi.Output<string>): void {
    const cloudFront = (args.admits ?? "internet") !== "internet";
    const https = { protocol: "https", port: 443 };
    const http = { protocol: "http", port: 80 };
    const ports = args.certificateArn ? (cloudFront ? [https] : [https, http]) : [http];
    for (const { protocol, port } of ports) {
      for (const { label, text, ...from } of cloudFront ? [this.cloudFront()] : sourcesOf(args.cidrBlocks)) {
        new vpc.SecurityGroupIngressRule(
          `${name}-alb-${protocol}${label}`,
          {
            securityGroupId,
            ...from,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            description: `${protocol.toUpperCase()} from ${text}`,
          },
          { parent: this },
        );
      }
    }
  }

  private cloudFront(): Source {
    const name = "com.amazonaws.global.cloudfront.origin-facing";
    return { label: "", text: "CloudFront", prefixListId: ec2.getManagedPrefixListOutput({ name }, { parent: this }).id };
  }

  private listen(
    name: string,
    loadBalancerArn: pulumi.Output<string>,
    { certificateArn, sslPolicy = defaultSslPolicy }: LoadBalancerArgs,
    options: pulumi.CustomResourceOptions,
  ): lb.Listener {
    const notFound: lb.ListenerArgs["defaultActions"] = [
      { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody: "No service has this path.", statusCode: "404" } },
    ];
    const http = { loadBalancerArn, port: 80, protocol: "HTTP" };
    if (!certificateArn) return new lb.Listener(`${name}-http`, { ...http, defaultActions: notFound }, options);
    const redirect = { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" };
    new lb.Listener(`${name}-http`, { ...http, defaultActions: [{ type: "redirect", redirect }] }, options);
    const https = { loadBalancerArn, port: 443, protocol: "HTTPS", sslPolicy, certificateArn, defaultActions: notFound };
    return new lb.Listener(`${name}-https`, https, options);
  }
}

/** Who is let in; `label` tells rules of several apart. */
interface Source {
  label: string;
  text: string;
  cidrIpv4?: string;
  prefixListId?: pulumi.Output<string>;
}

function sourcesOf(cidrBlocks: string[] | undefined): Source[] {
  if (!cidrBlocks) return [{ label: "", text: "the internet", cidrIpv4: "0.0.0.0/0" }];
  return cidrBlocks.map((cidrIpv4) => ({ label: `-${cidrIpv4.replace(/[./]/g, "-")}`, text: cidrIpv4, cidrIpv4 }));
}
