import {
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  loses,
  members,
  opened,
  removed,
  turnedOff,
  unknown,
  unreachable,
  whenever,
  type Judges,
} from "./judge";
import { cacheBehaviors } from "./cacheBehaviors";

/** At how many places a distribution answers. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PriceClass.html */
const placesOf = (priceClass: unknown = "PriceClass_All") =>
  ["PriceClass_100", "PriceClass_200", "PriceClass_All"].indexOf(String(priceClass));

/** CloudFront and the firewall. */
export const edge: Readonly<Record<string, Judges>> = {
  "aws:cloudfront/distribution:Distribution": {
    ...harmlessOnes("tags comment waitForDeployment retainOnDelete cacheTagConfig"),
    httpVersion: harmless,
    defaultRootObject: whenever(interrupts("`/` asks the origin for another file.")),
    isIpv6Enabled: turnedOff(interrupts("Clients that have IPv6 alone don't reach it.")),
    continuousDeploymentPolicyId: whenever(interrupts("Another part of the requests is answered by its staging distribution.")),
    anycastIpListId: whenever(interrupts("It answers at other addresses.")),
    connectionFunctionAssociation: whenever(unknown("Another function decides about connections.")),
    viewerMtlsConfig: ({ after }) =>
      after === undefined
        ? opened("Clients are asked for no certificate any more: everybody is let in.")
        : interrupts("Clients without a certificate that counts are refused."),
    aliases: loses(unreachable("A name that goes is refused.")),
    enabled: ({ after }) => (after === false ? unreachable("Its domain answers no more.") : undefined),
    defaultCacheBehavior: cacheBehaviors,
    orderedCacheBehaviors: cacheBehaviors,
    customErrorResponses: whenever(interrupts("Errors are answered otherwise than before.")),
    origins: whenever(interrupts("Requests may be passed on to somebody else.")),
    originGroups: whenever(interrupts("Requests may be passed on to somebody else.")),
    priceClass: ({ before, after }) =>
      placesOf(after) < placesOf(before) ? interrupts("Clients of some places are answered from farther away.") : undefined,
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
    ...harmlessOnes("tags timeouts"),
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
    ruleJson: whenever(lessProtected("Other requests pass than before, or are refused.")),
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
