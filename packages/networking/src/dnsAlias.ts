import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link DnsAlias}. */
export interface DnsAliasArgs {
  /** Name that users type, such as `shop.example.com`. */
  domainName: string;
  /** Id of the Route 53 hosted zone that answers for it. */
  hostedZoneId: pulumi.Input<string>;
  /** What it leads to: a load balancer or an {@link Edge}. */
  target: { dnsName: pulumi.Input<string>; zoneId: pulumi.Input<string> };
  /** Adds an AAAA record. False by default: a load balancer has no IPv6 address unless its VPC has; CloudFront always does. */
  ipv6?: boolean;
  /** Changes the arguments of each record just before it is created. */
  transform?: (args: route53.RecordArgs) => route53.RecordArgs;
}

/**
 * Route 53 alias records: a name for a load balancer or a distribution, free of charge and valid at a zone's apex.
 *
 * @example
 * ```ts
 * new DnsAlias("shop", { domainName: "shop.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ", target: loadBalancer });
 * ```
 */
export class DnsAlias extends pulumi.ComponentResource {
  constructor(name: string, args: DnsAliasArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:DnsAlias", name, {}, options);
    const { domainName, hostedZoneId, target } = args;
    for (const type of args.ipv6 ? ["A", "AAAA"] : ["A"]) {
      const aliases = [{ name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: false }];
      const base: route53.RecordArgs = { zoneId: hostedZoneId, name: domainName, type, aliases };
      new route53.Record(`${name}-${type.toLowerCase()}`, args.transform?.(base) ?? base, { parent: this });
    }
    this.registerOutputs({});
  }
}
