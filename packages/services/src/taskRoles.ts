import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

/** What the ECS agent must reach to start the task. */
export interface ExecutionRoleArgs {
  repositoryArns: pulumi.Input<string>[];
  logGroupArn: pulumi.Input<string>;
}

const assumeRolePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

/**
 * The role with which ECS starts the task: it pulls exactly the task's images and writes to exactly its log group.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionRole(name: string, args: ExecutionRoleArgs, options: pulumi.CustomResourceOptions): iam.Role {
  const role = new iam.Role(`${name}-execution`, { assumeRolePolicy, description: "ECS starts the task with it" }, options);
  new iam.RolePolicy(
    `${name}-execution`,
    {
      role: role.id,
      policy: pulumi.all([pulumi.all(args.repositoryArns), args.logGroupArn]).apply(([repositoryArns, logGroupArn]) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
              Resource: repositoryArns,
            },
            // AWS offers no resource to name for this action.
            { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
            { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${logGroupArn}:*` },
          ],
        }),
      ),
    },
    options,
  );
  return role;
}

/** The role of the program in the task. It may do nothing until something grants it more. */
export function taskRole(name: string, options: pulumi.CustomResourceOptions): iam.Role {
  return new iam.Role(`${name}-task`, { assumeRolePolicy, description: "The program in the task acts with it" }, options);
}
