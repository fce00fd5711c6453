import {
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  loses,
  members,
  opened,
  removed,
  unknown,
  unreachable,
  whenever,
  type Judges,
} from "./judge";

/** CloudFront and the firewall. */
export const edge: Readonly<Record<string, Judges>> = {
  "aws:cloudfront/distribution:Distribution": {
    ...harmlessOnes(
      "tags comment httpVersion waitForDeployment staging continuousDeploymentPolicyId isIpv6Enabled defaultRootObject retainOnDelete",
    ),
    aliases: loses(unreachable("A name that goes is refused.")),
    enabled: ({ after }) => (after === false ? unreachable("Its domain answers no more.") : undefined),
    defaultCacheBehavior: whenever(interrupts("Requests are answered, kept or passed on otherwise than before.")),
    orderedCacheBehaviors: whenever(interrupts("Requests are answered, kept or passed on otherwise than before.")),
    customErrorResponses: whenever(interrupts("Errors are answered otherwise than before.")),
    origins: whenever(interrupts("Requests may be passed on to somebody else.")),
    originGroups: whenever(interrupts("Requests may be passed on to somebody else.")),
    priceClass: whenever(interrupts("Clients of some places are answered from farther away, or nearer.")),
    restrictions: whenever(interrupts("Clients of other countries are refused, or let in.")),
    viewerCertificate: members({
      minimumProtocolVersion: whenever(lessProtected("Clients may, or have to, connect by another version of TLS.")),
      acmCertificateArn: whenever(interrupts("Clients see another certificate: names that it is not for are refused.")),
      sslSupportMethod: whenever(interrupts("Some clients can't connect.")),
      cloudfrontDefaultCertificate: whenever(unreachable("Names of its own are refused.")),
    }),
    loggingConfig: removed(lessProtected("Requests are no longer logged.")),
    webAclId: ({ after }) => (after ? lessProtected("Another firewall decides which requests pass.") : opened("Requests pass unfiltered.")),
  },
  "aws:cloudfront/vpcOrigin:VpcOrigin": {
    tags: harmless,
    vpcOriginEndpointConfig: whenever(interrupts("Requests may be passed on to somebody else.")),
  },
  "aws:wafv2/webAcl:WebAcl": {
    ...harmlessOnes("tags description visibilityConfig dataProtectionConfig captchaConfig challengeConfig"),
    defaultAction: ({ after }) =>
      "allow" in ((after as object | undefined) ?? {})
        ? opened("What no rule is for passes.")
        : interrupts("What no rule is for is refused."),
    rules: ({ before, after }) =>
      loses(lessProtected("A rule that goes, or that counts where it refused, lets requests pass."))({ before, after } as never) ??
      interrupts("A new rule may refuse requests that passed until now."),
    customResponseBodies: harmless,
    tokenDomains: harmless,
    associationConfig: harmless,
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    redactedFields: loses(lessProtected("More of each request is logged: what was left out may be secret.")),
    loggingFilter: whenever(unknown("Other requests are logged.")),
    logDestinationConfigs: harmless,
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {},
};
