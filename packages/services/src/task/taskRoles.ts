import { serviceRole, type RoleWithPolicies, type SecretReference, type Statement } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

/** What the ECS agent must reach to start the task. */
export interface ExecutionRoleArgs {
  repositoryArns: pulumi.Input<string>[];
  /** Those of them that may be caches of other registries. */
  cacheArns: pulumi.Input<string>[];
  logGroupArn: pulumi.Input<string>;
  secrets: SecretReference[];
}

const service = "ecs-tasks.amazonaws.com";

/**
 * The role with which ECS starts the task: it pulls exactly the task's images, reads exactly its secrets and writes to exactly its log group.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionRole(name: string, args: ExecutionRoleArgs, options: pulumi.CustomResourceOptions): RoleWithPolicies {
  const pull: Statement[] = [
    {
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: args.repositoryArns,
    },
    // AWS offers no resource to name for this action.
    { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    // A cache fetches again what has expired from it. Whoever deployed the image has had the repository made.
    { Effect: "Allow", Action: "ecr:BatchImportUpstreamImage", Resource: args.cacheArns },
  ];
  const write: Statement = {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: pulumi.interpolate`${args.logGroupArn}:*`,
  };
  const statements = [...(args.repositoryArns.length > 0 ? pull : []), write, ...secretStatements(args.secrets)];
  return serviceRole(`${name}-execution`, { service, description: "ECS starts the task with it", statements }, options);
}

function secretStatements(secrets: SecretReference[]): Statement[] {
  const arns = (store: SecretReference["store"]) => secrets.filter((secret) => secret.store === store).map(({ arn }) => arn);
  const keys = secrets.map(({ kmsKeyArn }) => kmsKeyArn);
  const statement = (Action: string, resources: pulumi.Input<string | undefined>[]): Statement => ({
    Effect: "Allow",
    Action,
    Resource: pulumi.all(resources).apply((values) => [...new Set(values.filter((value) => value !== undefined))].sort()),
  });
  return [
    statement("secretsmanager:GetSecretValue", arns("secretsManager")),
    statement("ssm:GetParameters", arns("ssm")),
    statement("kms:Decrypt", keys),
  ];
}

/** The role of the program in the task. It may do what the statements say, and without any nothing. */
export function taskRole(name: string, statements: Statement[], options: pulumi.CustomResourceOptions): RoleWithPolicies {
  return serviceRole(`${name}-task`, { service, description: "The program in the task acts with it", statements }, options);
}

/** Where ECS Exec records what is typed and printed: a cluster. */
export interface ExecuteCommandTarget {
  readonly executeCommandLogGroupArn: pulumi.Input<string>;
  readonly executeCommandKmsKeyArn?: pulumi.Input<string>;
}

/**
 * What ECS Exec needs of the task's role: SSM's message channel, and the cluster's log of it.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
 */
export function executeCommandStatements(target: ExecuteCommandTarget): Statement[] {
  const channel = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  return [
    // AWS offers no resource to name for these actions.
    { Effect: "Allow", Action: [...channel.map((action) => `ssmmessages:${action}`), "logs:DescribeLogGroups"], Resource: "*" },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: pulumi.interpolate`${target.executeCommandLogGroupArn}:*`,
    },
    ...(target.executeCommandKmsKeyArn
      ? [{ Effect: "Allow", Action: "kms:Decrypt", Resource: target.executeCommandKmsKeyArn } satisfies Statement]
      : []),
  ];
}
