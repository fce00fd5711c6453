import { logGroupArgs, type LogSettings } from "@fairlead/foundation";
import * as cloudfront from "@pulumi/aws/cloudfront";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import type { LoadBalancer } from "./loadBalancer";
import type { WebAcl } from "./webAcl";

/** Arguments of {@link Edge}. */
export interface EdgeArgs {
  /** The origin: a load balancer with `admits: "cloudFront"`, which nobody else reaches. */
  loadBalancer: LoadBalancer;
  /** Names that the distribution answers to. */
  domainNames: string[];
  /** ARN of the certificate for these names, in us-east-1. */
  certificateArn: pulumi.Input<string>;
  /** Name that the load balancer's certificate is for: CloudFront asks the origin by it. */
  originDomainName: string;
  /** Firewall with the scope `CLOUDFRONT`. */
  webAcl?: WebAcl;
  /** Object for the path `/`, such as `index.html`. None by default: the service answers `/` itself. */
  defaultRootObject?: string;
  /**
   * Where it answers from. `PriceClass_100` by default: Europe and North America, the cheapest.
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html
   */
  priceClass?: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";
  /** How access logs are kept. */
  logs?: LogSettings;
  /** Changes the arguments of the distribution just before it is created. */
  transform?: (args: cloudfront.DistributionArgs) => cloudfront.DistributionArgs;
}

/** AWS's own policies, the same in every account. CachingOptimized honours Cache-Control; UseOriginCacheControlHeaders forwards queries. */
const useOriginCacheControlHeaders = "83da9c7e-98b4-4e11-a168-04f0df8e2c65";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const securityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

/**
 * CloudFront in front of an environment. The origin is a VPC origin: the load balancer has no public address, so there is no way past
 * CloudFront and its firewall.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 * @example
 * ```ts
 * const origin = new LoadBalancer("origin", { network, certificateArn: certificate.arn, admits: "cloudFront" });
 * const edge = new Edge("shop", {
 *   loadBalancer: origin, domainNames: ["shop.example.com"], originDomainName: "origin.example.com", certificateArn: certificate.arn,
 * });
 * ```
 */
export class Edge extends pulumi.ComponentResource {
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:Edge", name, {}, options);
    const parent = { parent: this };
    const origin = new cloudfront.VpcOrigin(
      name,
      {
        vpcOriginEndpointConfig: {
          name: `${name}-alb`,
          arn: args.loadBalancer.arn,
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
      },
      // CloudFront refuses an origin whose load balancer does not listen yet.
      { parent: this, dependsOn: args.loadBalancer },
    );
    const base: cloudfront.DistributionArgs = {
      enabled: true,
      comment: `In front of ${name}`,
      aliases: args.domainNames,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: args.priceClass ?? "PriceClass_100",
      defaultRootObject: args.defaultRootObject,
      webAclId: args.webAcl?.arn,
      origins: [{ originId: "load-balancer", domainName: args.originDomainName, vpcOriginConfig: { vpcOriginId: origin.id } }],
      defaultCacheBehavior: {
        targetOriginId: "load-balancer",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
        cachedMethods: ["GET", "HEAD"],
        compress: true,
        cachePolicyId: useOriginCacheControlHeaders,
        originRequestPolicyId: allViewer,
        responseHeadersPolicyId: securityHeaders,
      },
      viewerCertificate: {
        acmCertificateArn: args.certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
    };
    const distribution = new cloudfront.Distribution(name, args.transform?.(base) ?? base, parent);
    this.logTo(name, distribution, args.logs);
    this.dnsName = distribution.domainName;
    this.zoneId = distribution.hostedZoneId;
    this.registerOutputs({ dnsName: this.dnsName });
  }

  /** CloudFront delivers its logs from us-east-1, whatever the stack's region. */
  private logTo(name: string, distribution: cloudfront.Distribution, logs: LogSettings | undefined): void {
    const parent = { parent: this };
    const region = "us-east-1";
    const logGroup = new cloudwatch.LogGroup(`${name}-edge`, { ...logGroupArgs(`/fairlead/${name}/cloudfront`, logs), region }, parent);
    const source = new cloudwatch.LogDeliverySource(
      name,
      { name: `${name}-cloudfront`, logType: "ACCESS_LOGS", resourceArn: distribution.arn, region },
      parent,
    );
    const destination = new cloudwatch.LogDeliveryDestination(
      name,
      { name: `${name}-cloudfront`, deliveryDestinationConfiguration: { destinationResourceArn: logGroup.arn }, region },
      parent,
    );
    new cloudwatch.LogDelivery(name, { deliverySourceName: source.name, deliveryDestinationArn: destination.arn, region }, parent);
  }
}
