import { logGroupArgs, type LogSettings } from "@fairlead/foundation";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link WebAcl}. */
export interface WebAclArgs {
  /** What it protects. `REGIONAL` by default: a load balancer. `CLOUDFRONT`: a distribution; it then lives in us-east-1. */
  scope?: "REGIONAL" | "CLOUDFRONT";
  /**
   * Requests from one address in five minutes before it is blocked; 10 to 2,000,000,000. 2,000 by default: far above what a person's browser
   * sends.
   */
  requestsPerFiveMinutes?: number;
  /**
   * Rule groups that AWS keeps.
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
   */
  managedRuleGroups?: string[];
  /** Blocks requests without this header: what only CloudFront sends. The value is a secret. None by default. */
  requiredHeader?: { name: string; value: pulumi.Input<string> };
  /** How its log is kept: the requests that it blocked. */
  logs?: LogSettings;
  /** Changes the arguments of the web ACL just before it is created. */
  transform?: (args: wafv2.WebAclArgs) => wafv2.WebAclArgs;
}

/** What concerns every web service: the OWASP top ten, inputs known to be bad, addresses known to be bots. */
const defaultRuleGroups = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAmazonIpReputationList"];

/**
 * A web application firewall: AWS's managed rules and a limit of requests per address. Logs what it blocks, without cookies and
 * authorization headers.
 *
 * @example
 * ```ts
 * const webAcl = new WebAcl("prod", { requestsPerFiveMinutes: 5000 });
 * ```
 */
export class WebAcl extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly requiredHeader: WebAclArgs["requiredHeader"];

  constructor(name: string, args: WebAclArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:WebAcl", name, {}, options);
    const parent = { parent: this };
    const scope = args.scope ?? "REGIONAL";
    const region = scope === "CLOUDFRONT" ? "us-east-1" : undefined;
    const base: wafv2.WebAclArgs = {
      scope,
      region,
      description: "Managed rules and a rate limit",
      defaultAction: args.requiredHeader ? { block: {} } : { allow: {} },
      visibilityConfig: visibility(name),
      rules: rules(args),
    };
    const webAcl = new wafv2.WebAcl(name, args.transform?.(base) ?? base, parent);
    // WAF accepts only log groups whose names begin so.
    const logGroup = new cloudwatch.LogGroup(
      `${name}-waf`,
      { ...logGroupArgs(`aws-waf-logs-fairlead-${name}`, args.logs), region },
      parent,
    );
    new wafv2.WebAclLoggingConfiguration(
      name,
      {
        region,
        resourceArn: webAcl.arn,
        logDestinationConfigs: [logGroup.arn],
        redactedFields: ["authorization", "cookie"].map((header) => ({ singleHeader: { name: header } })),
        loggingFilter: {
          defaultBehavior: "DROP",
          filters: [{ behavior: "KEEP", requirement: "MEETS_ANY", conditions: [{ actionCondition: { action: "BLOCK" } }] }],
        },
      },
      parent,
    );
    this.arn = webAcl.arn;
    this.requiredHeader = args.requiredHeader && { name: args.requiredHeader.name, value: pulumi.secret(args.requiredHeader.value) };
    this.registerOutputs({ arn: this.arn });
  }
}

function rules({
  managedRuleGroups = defaultRuleGroups,
  requestsPerFiveMinutes = 2000,
  requiredHeader,
}: WebAclArgs): wafv2.WebAclArgs["rules"] {
  const rateLimit = {
    name: "rate-limit",
    priority: 0,
    action: { block: {} },
    statement: { rateBasedStatement: { limit: requestsPerFiveMinutes, aggregateKeyType: "IP" } },
    visibilityConfig: visibility("rate-limit"),
  };
  const managed = managedRuleGroups.map((group, index) => ({
    name: group,
    priority: index + 1,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name: group } },
    visibilityConfig: visibility(group),
  }));
  // Last: it lets in whatever no rule before it blocked, and the default action keeps out what has no header.
  const withHeader = requiredHeader && {
    name: "required-header",
    priority: managed.length + 1,
    action: { allow: {} },
    statement: headerEquals(requiredHeader),
    visibilityConfig: visibility("required-header"),
  };
  return [rateLimit, ...managed, ...(withHeader ? [withHeader] : [])];
}

function headerEquals({ name, value }: NonNullable<WebAclArgs["requiredHeader"]>) {
  return {
    byteMatchStatement: {
      fieldToMatch: { singleHeader: { name } },
      positionalConstraint: "EXACTLY",
      searchString: pulumi.secret(value),
      textTransformations: [{ priority: 0, type: "NONE" }],
    },
  };
}

function visibility(metricName: string) {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}
