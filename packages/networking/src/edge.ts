import { PrivateBucket } from "@fairlead/foundation";
import type { types } from "@pulumi/aws";
import * as cloudfront from "@pulumi/aws/cloudfront";
import * as pulumi from "@pulumi/pulumi";

import type { LoadBalancer } from "./loadBalancer";
import type { WebAcl } from "./webAcl";

/** Arguments of {@link Edge}. */
export interface EdgeArgs {
  /** The origin: a load balancer that admits CloudFront, and nobody else. */
  loadBalancer: LoadBalancer;
  /** Names that the distribution answers to. */
  domainNames: string[];
  /** ARN of the certificate for these names, in us-east-1. */
  certificateArn: pulumi.Input<string>;
  /** Name that the load balancer's certificate is for: CloudFront asks the origin by it. */
  originDomainName: string;
  /** Firewall with the scope `CLOUDFRONT`: the one that sees clients' own addresses, so the limit of requests is its matter. None by default. */
  webAcl?: WebAcl;
  /** Object for the path `/`, such as `index.html`. None by default: the service answers `/` itself. */
  defaultRootObject?: string;
  /**
   * Where it answers from. `PriceClass_100` by default: Europe and North America, the cheapest.
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html
   */
  priceClass?: "PriceClass_100" | "PriceClass_200" | "PriceClass_All";
  /** Days that access logs are kept. 90 by default. */
  logExpirationDays?: number;
  /** Lets `pulumi destroy` delete the access logs; without it a bucket with logs in it stays, and `destroy` ends with an error. False by default. */
  forceDestroy?: boolean;
  /** Pulumi refuses deletion and replacement of the distribution (`protect`) until it is switched off. True by default. */
  deletionProtection?: boolean;
  /** Changes the arguments of the distribution just before it is created. */
  transform?: (args: cloudfront.DistributionArgs) => cloudfront.DistributionArgs;
}

/**
 * AWS's own policies, the same in every account. The first, UseOriginCacheControlHeaders-QueryStrings, keeps what the service's Cache-Control allows
 * and nothing else, by host, path, query and cookies.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
const useOriginCacheControlHeaders = "4cc15a8a-d715-48a4-82b8-cc0b614638fe";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const securityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

/**
 * CloudFront in front of an environment, and no way past it: the origin is a VPC origin where the load balancer is private
 * (`admits: "cloudFrontVpcOrigin"`), else the header that the load balancer's firewall requires goes with each request.
 *
 * It keeps answers as long as their Cache-Control says, apart by host, path, query and cookies, and none without. The `Authorization` header keeps
 * nothing apart: what is one caller's must say `private` or `no-store`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
 * @example
 * ```ts
 * const origin = new LoadBalancer("origin", { network, certificateArn: certificate.arn, admits: "cloudFrontVpcOrigin" });
 * const edge = new Edge("shop", {
 *   loadBalancer: origin, domainNames: ["shop.example.com"], originDomainName: "origin.example.com", certificateArn: certificate.arn,
 *   webAcl: new WebAcl("edge", { scope: "CLOUDFRONT" }),
 * });
 * ```
 */
export class Edge extends pulumi.ComponentResource {
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:Edge", name, {}, options);
    const parent = { parent: this };
    const logs = new PrivateBucket(
      `${name}-edge-logs`,
      // CloudFront's standard logs come with an ACL.
      { acls: true, expirationDays: args.logExpirationDays ?? 90, forceDestroy: args.forceDestroy },
      parent,
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
      origins: [{ originId: "load-balancer", domainName: args.originDomainName, ...this.origin(name, args.loadBalancer) }],
      loggingConfig: {
        bucket: pulumi.interpolate`${logs.bucketName}.s3.amazonaws.com`,
        prefix: `cloudfront/${name}/`,
        includeCookies: false,
      },
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
    const distribution = new cloudfront.Distribution(name, args.transform?.(base) ?? base, {
      ...parent,
      protect: (args.deletionProtection ?? true) || undefined,
    });
    this.dnsName = distribution.domainName;
    this.zoneId = distribution.hostedZoneId;
    this.registerOutputs({ dnsName: this.dnsName });
  }

  /** How the distribution reaches the load balancer, by TLS 1.2 or newer alone. */
  private origin(name: string, loadBalancer: LoadBalancer): Partial<types.input.cloudfront.DistributionOrigin> {
    const ports = { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only" };
    const { originHeader } = loadBalancer;
    if (originHeader) {
      return {
        customOriginConfig: { ...ports, originSslProtocols: ["TLSv1.2"] },
        customHeaders: [{ name: originHeader.name, value: originHeader.value }],
      };
    }
    const origin = new cloudfront.VpcOrigin(
      name,
      {
        vpcOriginEndpointConfig: {
          ...ports,
          name: `${name}-alb`,
          arn: loadBalancer.arn,
          originSslProtocols: { items: ["TLSv1.2"], quantity: 1 },
        },
      },
      // CloudFront refuses an origin whose load balancer does not listen yet.
      { parent: this, dependsOn: loadBalancer },
    );
    return { vpcOriginConfig: { vpcOriginId: origin.id } };
  }
}
