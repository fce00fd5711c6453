import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link Certificate}. */
export interface CertificateArgs {
  /** Such as `example.com` or `*.example.com`. */
  domainName: string;
  /** Further names; at most 10 in all, ACM's quota. */
  subjectAlternativeNames?: string[];
  /** Id of the Route 53 hosted zone that answers for all of these names. */
  hostedZoneId: pulumi.Input<string>;
  /** Region of what uses it. The stack's by default; `us-east-1` for CloudFront. */
  region?: string;
  /** Changes the arguments of the certificate just before it is created. */
  transform?: (args: acm.CertificateArgs) => acm.CertificateArgs;
}

/**
 * A TLS certificate of ACM, proven by DNS records and renewed by itself. `arn` is known once ACM issued it.
 *
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 * @example
 * ```ts
 * const certificate = new Certificate("shop", { domainName: "shop.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" });
 * ```
 */
export class Certificate extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:Certificate", name, {}, options);
    const parent = { parent: this };
    const { domainName, subjectAlternativeNames = [], region } = args;
    const base: acm.CertificateArgs = { domainName, subjectAlternativeNames, validationMethod: "DNS", region };
    const certificate = new acm.Certificate(name, args.transform?.(base) ?? base, parent);
    // A name and its wildcard are proven by one and the same record.
    const proven = new Set([domainName, ...subjectAlternativeNames].map(withoutWildcard));
    const records = [...proven].map((domain) => {
      const option = certificate.domainValidationOptions.apply((options) =>
        options.find((candidate) => withoutWildcard(candidate.domainName) === domain)!,
      );
      return new route53.Record(
        `${name}-${domain}`,
        {
          zoneId: args.hostedZoneId,
          name: option.resourceRecordName,
          type: "CNAME",
          records: [option.resourceRecordValue],
          ttl: 300,
          allowOverwrite: true,
        },
        parent,
      );
    });
    const validation = new acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn), region },
      parent,
    );
    this.arn = validation.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }
}

function withoutWildcard(domain: string): string {
  return domain.replace(/^\*\./, "");
}
