import { rolePath, type Statement } from "@fairlead/foundation";
import { clusterTag } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

/**
 * What the commands ask AWS that only read: `status`, `logs`, `history`, `open` and `doctor`. Of secrets there is their existence, and of parameters their names;
 * no value of either, and no image's layers. `sts:GetCallerIdentity` needs no permission.
 */
export const readActions = [
  "application-autoscaling:DescribeScalableTargets",
  "application-autoscaling:DescribeScalingActivities",
  "cloudtrail:LookupEvents",
  "cloudwatch:DescribeAlarmHistory",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetMetricData",
  ...["RouteTables", "SecurityGroups", "Subnets", "VpcEndpoints"].map((what) => `ec2:Describe${what}`),
  ...["BatchGetImage", "DescribeImages"].map((action) => `ecr:${action}`),
  ...["Clusters", "ContainerInstances", "ServiceDeployments", "ServiceRevisions", "Services", "TaskDefinition", "Tasks"].map(
    (what) => `ecs:Describe${what}`,
  ),
  ...["ContainerInstances", "ServiceDeployments", "Services", "Tasks"].map((what) => `ecs:List${what}`),
  ...["Listeners", "LoadBalancers", "TargetGroups", "TargetHealth"].map((what) => `elasticloadbalancing:Describe${what}`),
  "iam:SimulatePrincipalPolicy",
  "kms:DescribeKey",
  ...["DescribeLogStreams", "FilterLogEvents", "GetLogEvents"].map((action) => `logs:${action}`),
  "scheduler:GetSchedule",
  "secretsmanager:DescribeSecret",
  "servicequotas:GetServiceQuota",
  "ssm:DescribeParameters",
];

export const readStatements: Statement[] = [{ Effect: "Allow", Action: readActions, Resource: "*" }];

/** What an operator may change. */
export interface OperatorPermissionsArgs {
  accountId: pulumi.Input<string>;
  /** Stacks whose services may be acted on. */
  environments: readonly string[];
  /** Keys that sessions of ECS Exec are encrypted with. */
  sessionKeyArns?: readonly pulumi.Input<string>[];
}

/**
 * What the commands do that change something: `restart`, `continue`, `rollback`, `stop`, `start`, `run`, `exec` and `tunnel`, to services of these environments alone.
 * Whoever may run tasks with a role may do what the role may.
 */
export function operateStatements({ accountId, environments, sessionKeyArns = [] }: OperatorPermissionsArgs): Statement[] {
  const of = (service: string, path: (environment: string) => string) =>
    environments.map((environment) => pulumi.interpolate`arn:aws:${service}:*:${accountId}:${path(environment)}`);
  const roles = environments.map((environment) => pulumi.interpolate`arn:aws:iam::${accountId}:role${rolePath(environment)}*`);
  const tasks = of("ecs", (environment) => `task/${environment}/*`);
  const clusters = of("ecs", (environment) => `cluster/${environment}`);
  return [
    { Effect: "Allow", Action: ["ecs:UpdateService"], Resource: of("ecs", (environment) => `service/${environment}/*`) },
    {
      Effect: "Allow",
      Action: ["ecs:ContinueServiceDeployment", "ecs:StopServiceDeployment"],
      Resource: of("ecs", (environment) => `service-deployment/${environment}/*`),
    },
    {
      Effect: "Allow",
      Action: ["ecs:RunTask"],
      Resource: of("ecs", (environment) => `task-definition/${environment}-*`),
      // Names of environments may begin alike: dev-, dev-eu-.
      Condition: { ArnLike: { "ecs:cluster": clusters } },
    },
    // A task has the tags of its definition.
    { Effect: "Allow", Action: ["ecs:TagResource"], Resource: tasks, Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } } },
    { Effect: "Allow", Action: ["ecs:StopTask", "ecs:ExecuteCommand"], Resource: tasks },
    { Effect: "Allow", Action: ["ecs:ExecuteCommand"], Resource: clusters },
    {
      Effect: "Allow",
      Action: ["ssm:StartSession"],
      Resource: [
        ...tasks,
        "arn:aws:ssm:*::document/AWS-StartPortForwardingSession",
        "arn:aws:ssm:*::document/AWS-StartPortForwardingSessionToRemoteHost",
      ],
    },
    {
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": ["ecs-tasks.amazonaws.com", "ecs.amazonaws.com"] } },
    },
    {
      Effect: "Allow",
      Action: ["application-autoscaling:RegisterScalableTarget"],
      // Its ARN has an id of AWS's own, which doesn't say of which environment it is: its tag does.
      Resource: pulumi.interpolate`arn:aws:application-autoscaling:*:${accountId}:scalable-target/*`,
      Condition: {
        StringEquals: {
          "application-autoscaling:service-namespace": "ecs",
          "application-autoscaling:scalable-dimension": "ecs:service:DesiredCount",
          [`aws:ResourceTag/${clusterTag}`]: [...environments],
        },
      },
    },
    ...(sessionKeyArns.length > 0 ? [{ Effect: "Allow" as const, Action: ["kms:GenerateDataKey"], Resource: [...sessionKeyArns] }] : []),
  ];
}
