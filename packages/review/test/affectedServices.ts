import { comparePlans, serviceChanges } from "@fairlead/changes";
import { output, planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { Plan, PlanResource } from "@fairlead/plan";

import { affectedBy, type Danger, type Fact } from "../src";

const serviceType = "fairlead:stacks:Service";
export const types = {
  cluster: "aws:rds/cluster:Cluster",
  definition: "aws:ecs/taskDefinition:TaskDefinition",
  group: "aws:ec2/securityGroup:SecurityGroup",
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  policy: "aws:iam/rolePolicy:RolePolicy",
  queue: "aws:sqs/queue:Queue",
  service: "aws:ecs/service:Service",
  target: "aws:lb/targetGroup:TargetGroup",
};

export interface Options {
  name?: string;
  image?: string;
  spec?: object;
  /** Of the ECS service. */
  service?: object;
  target?: object;
  environment?: Record<string, string>;
  secrets?: Record<string, string>;
  allowed?: object[];
  others?: PlanResource[];
}

/** A service as packages/environment composes it, as far as it is read. */
export function service({
  name = "api",
  image = "1",
  spec = {},
  service: own = {},
  target,
  environment = {},
  secrets = {},
  ...rest
}: Options = {}) {
  const below = { parent: urnOf(serviceType, name) };
  const role = urnOf("aws:iam/role:Role", name);
  const named = (map: Record<string, string>, key: string) =>
    Object.entries(map).map(([variable, text]) => ({ name: variable, [key]: text }));
  const containers = [{ name, image, environment: named(environment, "value"), secrets: named(secrets, "valueFrom") }];
  const loadBalancers = target && [{ containerName: name, targetGroupArn: output(types.target, name, "arn") }];
  return [
    resource(serviceType, name, { spec: { name, containerPort: 3000, ...spec }, imageTag: image }, { custom: false }),
    ...(target ? [resource(types.target, name, target as Record<string, unknown>, below)] : []),
    resource(
      types.definition,
      name,
      { containerDefinitions: JSON.stringify(containers) },
      { ...below, propertyDependencies: { taskRoleArn: [role] } },
    ),
    ...(rest.allowed
      ? [
          resource(
            types.policy,
            name,
            { policy: JSON.stringify({ Statement: rest.allowed }) },
            { ...below, propertyDependencies: { role: [role] } },
          ),
        ]
      : []),
    resource(types.group, name, {}, below),
    resource(types.service, name, { desiredCount: 2, taskDefinition: output(types.definition, name, "arn"), loadBalancers, ...own }, below),
    ...(rest.others ?? []).map((other) => ({ ...other, parent: below.parent })),
  ];
}

export function facts(before: Plan, after: Plan, dangers: Danger[] = []): Fact[] {
  const changes = comparePlans(before, after);
  return affectedBy(changes, serviceChanges(changes), dangers);
}

/** Facts of one kind, of a service that changes. */
export const of = (kind: Fact["kind"], before: Options, after: Options, more: PlanResource[] = []) =>
  facts(planOf(...service(before), ...more), planOf(...service(after), ...more)).filter((fact) => fact.kind === kind);
