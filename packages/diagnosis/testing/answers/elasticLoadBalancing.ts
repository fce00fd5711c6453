import type * as elb from "@aws-sdk/client-elastic-load-balancing-v2";

import { page } from "../answer";
import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";

const unknownGroup = (arn: string | undefined) => new Refusal("TargetGroupNotFound", `Target groups '${arn}' not found`);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html */
export const elasticLoadBalancingAnswers = {
  DescribeTargetGroups(input: elb.DescribeTargetGroupsInput, { state, pageSize }: AnsweringAccount): elb.DescribeTargetGroupsOutput {
    const { TargetGroupArns: arns, LoadBalancerArn: balancer } = input;
    for (const arn of arns ?? []) if (!state.targetGroups.some(({ TargetGroupArn }) => TargetGroupArn === arn)) throw unknownGroup(arn);
    const found = state.targetGroups.filter(
      ({ TargetGroupArn, LoadBalancerArns = [] }) =>
        (!arns?.length || arns.includes(TargetGroupArn!)) && (balancer === undefined || LoadBalancerArns.includes(balancer)),
    );
    const { items, next } = page(found, input.Marker, pageSize(input.PageSize ?? 400));
    return { TargetGroups: items, NextMarker: next };
  },

  DescribeTargetHealth(
    { TargetGroupArn, Targets }: elb.DescribeTargetHealthInput,
    { state }: AnsweringAccount,
  ): elb.DescribeTargetHealthOutput {
    if (!state.targetGroups.some((group) => group.TargetGroupArn === TargetGroupArn)) throw unknownGroup(TargetGroupArn);
    const health = state.targetHealth[TargetGroupArn!] ?? [];
    return {
      TargetHealthDescriptions: Targets?.length ? health.filter(({ Target }) => Targets.some(({ Id }) => Id === Target?.Id)) : health,
    };
  },

  DescribeLoadBalancers(input: elb.DescribeLoadBalancersInput, { state, pageSize }: AnsweringAccount): elb.DescribeLoadBalancersOutput {
    const { LoadBalancerArns: arns, Names: names } = input;
    for (const arn of arns ?? []) {
      if (!state.loadBalancers.some(({ LoadBalancerArn }) => LoadBalancerArn === arn)) {
        throw new Refusal("LoadBalancerNotFound", `Load balancers '[${arn}]' not found`);
      }
    }
    const found = state.loadBalancers.filter(
      ({ LoadBalancerArn, LoadBalancerName }) =>
        (!arns?.length || arns.includes(LoadBalancerArn!)) && (!names?.length || names.includes(LoadBalancerName!)),
    );
    const { items, next } = page(found, input.Marker, pageSize(input.PageSize ?? 400));
    return { LoadBalancers: items, NextMarker: next };
  },

  DescribeListeners(input: elb.DescribeListenersInput, { state, pageSize }: AnsweringAccount): elb.DescribeListenersOutput {
    const found = state.listeners.filter(
      ({ LoadBalancerArn, ListenerArn }) =>
        (input.LoadBalancerArn === undefined || LoadBalancerArn === input.LoadBalancerArn) &&
        (!input.ListenerArns?.length || input.ListenerArns.includes(ListenerArn!)),
    );
    const { items, next } = page(found, input.Marker, pageSize(input.PageSize ?? 400));
    return { Listeners: items, NextMarker: next };
  },

  DescribeRules(input: elb.DescribeRulesInput, { state, pageSize }: AnsweringAccount): elb.DescribeRulesOutput {
    const all = Object.entries(state.rules);
    const found = all.flatMap(([listenerArn, rules]) =>
      rules.filter(({ RuleArn }) =>
        input.ListenerArn === undefined ? input.RuleArns?.includes(RuleArn!) : listenerArn === input.ListenerArn,
      ),
    );
    if (input.RuleArns?.length && found.length === 0) {
      throw new Refusal("RuleNotFound", `One or more rules not found`);
    }
    const { items, next } = page(found, input.Marker, pageSize(input.PageSize ?? 400));
    return { Rules: items, NextMarker: next };
  },
};
