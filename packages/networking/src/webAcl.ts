import { logGroupArgs, type LogSettings } from "@fairlead/foundation";
import { coded } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link WebAcl}. */
export interface WebAclArgs {
  /** What it protects. `REGIONAL` by default: a load balancer. `CLOUDFRONT`: a distribution; it then lives in us-east-1. */
  scope?: "REGIONAL" | "CLOUDFRONT";
  /**
   * Requests from one address in five minutes before it is blocked; 10 to 2,000,000,000. 2,000 by default: far above what a person's browser
   * sends. False for no limit, which is the default with `requiredHeader`: there all addresses are CloudFront's, and `X-Forwarded-For` begins with
   * whatever the client wrote.
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-forwarded-ip-address.html
   */
  requestsPerFiveMinutes?: number | false;
  /**
   * Rule groups that AWS keeps.
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
   */
  managedRuleGroups?: string[];
  /** Blocks requests without this header: what only CloudFront sends. The value is a secret, which neither the log nor samples hold. None by default. */
  requiredHeader?: { name: string; value: pulumi.Input<string> };
  /** How its log is kept: the requests that it blocked. With `CLOUDFRONT` a key of yours must be in us-east-1, as the log is: {@link EncryptionKey}'s `keyRegion`. */
  logs?: LogSettings;
  /** Changes the arguments of the web ACL just before it is created. */
  transform?: (args: wafv2.WebAclArgs) => wafv2.WebAclArgs;
}

/** Where WAF keeps what is CloudFront's. */
const edgeRegion = "us-east-1";
/** AWS blocks bodies over 8 KB by it, which uploads and many a form have. Counted, it is seen in the metrics alone; the other rules look at the first 8 KB. */
const bodySize = { name: "SizeRestrictions_BODY", actionToUse: { count: {} } };
const commonRuleGroup = "AWSManagedRulesCommonRuleSet";
/** What concerns every web service: the OWASP top ten, inputs known to be bad, addresses known to be bots. */
const defaultRuleGroups = [commonRuleGroup, "AWSManagedRulesKnownBadInputsRuleSet", "AWSManagedRulesAmazonIpReputationList"];

/**
 * A web application firewall: AWS's managed rules and a limit of requests per address. Logs what it blocks, without cookies and
 * authorization headers, and keeps its required header out of what it shows of requests.
 *
 * @example
 * ```ts
 * const webAcl = new WebAcl("prod", { requestsPerFiveMinutes: 5000 });
 * ```
 */
export class WebAcl extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly requiredHeader: WebAclArgs["requiredHeader"];
  /** Undefined where nothing is limited. */
  readonly requestsPerFiveMinutes: number | undefined;

  constructor(name: string, args: WebAclArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:WebAcl", name, {}, options);
    const parent = { parent: this };
    const scope = args.scope ?? "REGIONAL";
    const region = scope === "CLOUDFRONT" ? edgeRegion : undefined;
    const { requestsPerFiveMinutes = args.requiredHeader ? false : 2000 } = args;
    this.requestsPerFiveMinutes = requestsPerFiveMinutes || undefined;
    const base: wafv2.WebAclArgs = {
      scope,
      region,
      description: "Managed rules and a rate limit",
      defaultAction: args.requiredHeader ? { block: {} } : { allow: {} },
      visibilityConfig: visibility(name),
      rules: rules(args, this.requestsPerFiveMinutes),
      dataProtectionConfig: args.requiredHeader && headerProtection(args.requiredHeader.name),
    };
    const webAcl = new wafv2.WebAcl(name, args.transform?.(base) ?? base, parent);
    // WAF accepts only log groups whose names begin so.
    const logGroup = new cloudwatch.LogGroup(
      `${name}-waf`,
      { ...logGroupArgs(`aws-waf-logs-fairlead-${name}`, region ? withKeyAtEdge(name, args.logs) : args.logs), region },
      parent,
    );
    new wafv2.WebAclLoggingConfiguration(
      name,
      {
        region,
        resourceArn: webAcl.arn,
        logDestinationConfigs: [logGroup.arn],
        redactedFields: redactedHeaders(args).map((header) => ({ singleHeader: { name: header } })),
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

function rules(
  { managedRuleGroups = defaultRuleGroups, requiredHeader }: WebAclArgs,
  requestsPerFiveMinutes: number | undefined,
): wafv2.WebAclArgs["rules"] {
  const rateLimit = requestsPerFiveMinutes !== undefined && {
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
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: group,
        ruleActionOverrides: group === commonRuleGroup ? [bodySize] : undefined,
      },
    },
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
  return [...(rateLimit ? [rateLimit] : []), ...managed, ...(withHeader ? [withHeader] : [])];
}

/** Headers whose values the log does not hold. WAF takes their names in lower case alone. */
function redactedHeaders({ requiredHeader }: WebAclArgs): string[] {
  return [...new Set(["authorization", "cookie", ...(requiredHeader ? [requiredHeader.name.toLowerCase()] : [])])];
}

/**
 * Keeps a header's value out of samples of requests too, which the log's redaction leaves as they are.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/data-protection-masking.html
 */
function headerProtection(name: string): wafv2.WebAclArgs["dataProtectionConfig"] {
  return { dataProtections: [{ action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: [name.toLowerCase()] } }] };
}

/** CloudWatch Logs takes a key of its own region alone. */
function withKeyAtEdge(name: string, logs: LogSettings = {}): LogSettings {
  const { kmsKeyArn } = logs;
  if (kmsKeyArn === undefined) return logs;
  const ofThisRegion = (arn: string) => refuseOtherRegion(name, arn);
  // A text that is known at once is refused before anything is made.
  return { ...logs, kmsKeyArn: typeof kmsKeyArn === "string" ? ofThisRegion(kmsKeyArn) : pulumi.output(kmsKeyArn).apply(ofThisRegion) };
}

function refuseOtherRegion(name: string, arn: string): string {
  const region = /^arn:[^:]*:kms:([a-z0-9-]+):/.exec(arn)?.[1];
  if (region === undefined || region === edgeRegion) return arn;
  throw new Error(
    coded(
      "FL2304",
      `WebAcl ${name} has the scope CLOUDFRONT, its log is in ${edgeRegion}, and logs.kmsKeyArn is a key of ${region}. ` +
        `Give it one of ${edgeRegion}: new EncryptionKey("edge", { …, keyRegion: "${edgeRegion}" }), or none.`,
    ),
  );
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
