import { ArgumentErrors } from "@fairlead/foundation";
import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";

import { checkFormerTargetGroups, type FormerTargetGroup } from "./formerTargetGroup";
import { RuleCount } from "./ruleCount";
import type { ServiceLoadBalancer } from "./serviceLoadBalancer";

/** Arguments of {@link ExistingLoadBalancer}. */
export interface ExistingLoadBalancerArgs {
  /** ARN of its listener that services add their rules to: the one of HTTPS where it has one. One of this, `loadBalancerArn` and `loadBalancerName` says which it is. */
  listenerArn?: string;
  /** Its own ARN: services then add their rules to the listener on `port`, which each preview looks up. */
  loadBalancerArn?: string;
  /** Its name, as `loadBalancerArn`: at most 32 letters, digits and hyphens. */
  loadBalancerName?: string;
  /** Port of that listener, where no `listenerArn` names it. 443 by default, and 80 where `protocol` is `http`. */
  port?: number;
  /** What that listener speaks. `https` by default. Another protocol than it has fails the preview: links and redirects would lead to the wrong one. */
  protocol?: "http" | "https";
  /** Its security group, from which tasks are reached and which gets a way out to them. The first of its own by default. */
  securityGroupId?: string;
  /** Name that users type. Without one `url` is its name at AWS. */
  domainName?: string;
  /**
   * Services that take the place of tasks in target groups of somebody else's, by name: how much of their requests those still answer. None by default.
   * `settings.formerTargetGroups` has them from the stack's configuration, so that a step is a line of it and an `up`.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#forward-actions
   */
  formerTargetGroups?: ReadonlyMap<string, FormerTargetGroup>;
  /**
   * Listener rules that this stack may add: what the account's quota leaves. 100 by default, AWS's quota where nobody else has any.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
   */
  maxRules?: number;
}

/**
 * An Application Load Balancer that somebody else made and goes on to own: services add rules to one of its listeners, and rules to its security group; nothing
 * else of it is changed, and `up` never deletes it. One that is not there fails the preview.
 *
 * @example
 * ```ts
 * const loadBalancer = new ExistingLoadBalancer("test", {
 *   listenerArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/0123456789abcdef/0123456789abcdef",
 * });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class ExistingLoadBalancer extends pulumi.ComponentResource implements ServiceLoadBalancer {
  readonly label: string;
  readonly securityGroupId: pulumi.Output<string>;
  readonly listenerArn: pulumi.Output<string>;
  readonly protocol: "http" | "https";
  readonly arnSuffix: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly zoneId: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  private readonly rules: RuleCount;
  private readonly formerTargetGroups: ReadonlyMap<string, FormerTargetGroup>;

  constructor(name: string, args: ExistingLoadBalancerArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:ExistingLoadBalancer", name, {}, options);
    this.label = name;
    this.rules = new RuleCount(args.maxRules);
    this.formerTargetGroups = args.formerTargetGroups ?? new Map();
    const errors = new ArgumentErrors();
    checkNames(args, errors);
    checkFormerTargetGroups(this.formerTargetGroups, errors);
    errors.throwIfAny(`ExistingLoadBalancer ${name}`);
    this.protocol = args.protocol ?? "https";
    const { listener, found } = this.lookUp(args);
    this.listenerArn = pulumi.all([listener.arn, listener.protocol]).apply(([arn, spoken]) => {
      sameProtocol(name, this.protocol, spoken);
      return arn;
    });
    this.arnSuffix = found.arnSuffix;
    this.dnsName = found.dnsName;
    this.zoneId = found.zoneId;
    this.securityGroupId = args.securityGroupId ? pulumi.output(args.securityGroupId) : found.securityGroups.apply(([first]) => first!);
    this.url = pulumi.interpolate`${this.protocol}://${args.domainName ?? found.dnsName}`;
    this.registerOutputs({ url: this.url, listenerArn: this.listenerArn, securityGroupId: this.securityGroupId });
  }

  private lookUp({ listenerArn, loadBalancerArn, loadBalancerName, port }: ExistingLoadBalancerArgs) {
    const parent = { parent: this };
    if (listenerArn !== undefined) {
      const listener = lb.getListenerOutput({ arn: listenerArn }, parent);
      return { listener, found: lb.getLoadBalancerOutput({ arn: listener.loadBalancerArn }, parent) };
    }
    const found = lb.getLoadBalancerOutput(loadBalancerArn === undefined ? { name: loadBalancerName } : { arn: loadBalancerArn }, parent);
    const listener = lb.getListenerOutput({ loadBalancerArn: found.arn, port: port ?? (this.protocol === "https" ? 443 : 80) }, parent);
    return { listener, found };
  }

  addRule(): void {
    this.rules.add();
  }

  formerTargetGroupOf(serviceName: string): FormerTargetGroup | undefined {
    return this.formerTargetGroups.get(serviceName);
  }
}

/**
 * Holds the protocol to the one that AWS tells; in the embedded plan that is a text of ours, or none.
 *
 * @throws pulumi.InputPropertiesError where it is another one
 */
export function sameProtocol(label: string, protocol: "http" | "https", spoken: unknown): void {
  const errors = new ArgumentErrors();
  if ((spoken === "HTTP" || spoken === "HTTPS") && spoken.toLowerCase() !== protocol)
    errors.refuse(
      "protocol",
      `"${protocol}", and the listener speaks ${spoken}: say protocol: "${spoken.toLowerCase()}", or name another listener`,
    );
  errors.throwIfAny(`ExistingLoadBalancer ${label}`);
}

/** That one name says which load balancer it is, and that each is one. */
function checkNames(args: ExistingLoadBalancerArgs, errors: ArgumentErrors): void {
  const given = (["listenerArn", "loadBalancerArn", "loadBalancerName"] as const).filter((key) => args[key] !== undefined);
  if (given.length !== 1) errors.refuse("listenerArn", "expected one of listenerArn, loadBalancerArn and loadBalancerName");
  for (const key of given) {
    const [pattern, expected] = forms[key];
    if (!pattern.test(args[key]!)) errors.refuse(key, `"${args[key]!}": expected ${expected}`);
  }
  if (args.port !== undefined && args.listenerArn !== undefined)
    errors.refuse("port", "the listener's ARN says which it is: leave port out");
}

const account = "arn:aws[\\w-]*:elasticloadbalancing:[a-z0-9-]+:\\d{12}";
const forms = {
  listenerArn: [
    new RegExp(`^${account}:listener/app/[A-Za-z0-9-]{1,32}/[0-9a-f]+/[0-9a-f]+$`),
    "the ARN of a listener of an Application Load Balancer",
  ],
  loadBalancerArn: [new RegExp(`^${account}:loadbalancer/app/[A-Za-z0-9-]{1,32}/[0-9a-f]+$`), "the ARN of an Application Load Balancer"],
  loadBalancerName: [/^[A-Za-z0-9-]{1,32}$/, "the name of an Application Load Balancer"],
} as const;
