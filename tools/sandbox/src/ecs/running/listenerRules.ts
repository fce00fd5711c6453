import { DescribeRulesCommand, type ElasticLoadBalancingV2Client, type Rule } from "@aws-sdk/client-elastic-load-balancing-v2";

/** Where a listener leads a request: by the rules that it has at that moment, and their weights, which it keeps to by turns. */
export class ListenerRules {
  private turn = 0;

  constructor(
    private readonly client: ElasticLoadBalancingV2Client,
    private readonly listenerArn: string,
  ) {}

  /** @returns undefined where no rule forwards it */
  async targetGroupOf(path: string): Promise<string | undefined> {
    const { Rules = [] } = await this.client.send(new DescribeRulesCommand({ ListenerArn: this.listenerArn }));
    const sorted = [...Rules].sort((a, b) => priorityOf(a) - priorityOf(b));
    const rule = sorted.find(({ Conditions = [] }) =>
      Conditions.every(({ PathPatternConfig, Values }) => fits(PathPatternConfig?.Values ?? Values, path)),
    );
    const groups = groupsOf(rule);
    const total = groups.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0) return undefined;
    // Spread over a round: 37 has no divisor in common with 100.
    let place = (this.turn++ * 37) % total;
    return groups.find(({ weight }) => (place -= weight) < 0)!.arn;
  }
}

const priorityOf = ({ Priority }: Rule) => (Priority === "default" ? Infinity : Number(Priority));

function groupsOf(rule: Rule | undefined): { arn: string; weight: number }[] {
  const [action] = rule?.Actions?.filter(({ Type }) => Type === "forward") ?? [];
  const weighted =
    action?.ForwardConfig?.TargetGroups?.map(({ TargetGroupArn = "", Weight = 1 }) => ({ arn: TargetGroupArn, weight: Weight })) ?? [];
  if (weighted.length > 0) return weighted;
  return action?.TargetGroupArn ? [{ arn: action.TargetGroupArn, weight: 1 }] : [];
}

function fits(patterns: readonly string[] = [], path: string): boolean {
  return patterns.some((pattern) => {
    const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
    return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(path);
  });
}
