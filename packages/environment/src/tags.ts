import type { ServiceSpec } from "@fairlead/manifest";
import type * as pulumi from "@pulumi/pulumi";

/** Kinds of resources of a service that AWS lets one tag, by the class's own argument `tags`. */
const taggable = new Set([
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ecr/repository:Repository",
  "aws:ecs/service:Service",
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:iam/role:Role",
  "aws:lb/listenerRule:ListenerRule",
  "aws:lb/targetGroup:TargetGroup",
  "aws:servicediscovery/service:Service",
  "aws:sqs/queue:Queue",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
]);

/** Gives every resource below a service its tags, and its owner as one. */
export function tagging({ owner, tags }: ServiceSpec): pulumi.ResourceTransformation[] {
  const all = { ...(owner !== undefined && { owner }), ...tags };
  if (Object.keys(all).length === 0) return [];
  return [
    ({ type, props, opts }) => {
      if (!taggable.has(type)) return undefined;
      const { tags: own } = props as { tags?: Record<string, pulumi.Input<string>> };
      return { props: { ...props, tags: { ...own, ...all } }, opts };
    },
  ];
}
