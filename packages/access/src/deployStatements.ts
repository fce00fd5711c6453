import { rolePath, roleServices, type Statement } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

/** What a role that deploys one stack is about. */
export interface DeployPermissionsArgs {
  accountId: pulumi.Input<string>;
  /** Stack that it deploys: the roles of its path are its own. */
  stack: string;
  /** ARN of the policy that each role of the stack must have as its boundary. None by default. */
  permissionsBoundaryArn?: pulumi.Input<string>;
}

/** By these a role gets permissions. Nothing limits which, but a permissions boundary where one is demanded. */
const giving = ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"];

const managing = [
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListRoleTags",
  "iam:ListRolePolicies",
  "iam:ListAttachedRolePolicies",
  "iam:ListInstanceProfilesForRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
  "iam:UpdateAssumeRolePolicy",
  "iam:TagRole",
  "iam:UntagRole",
];

const instanceProfiles = [
  "iam:CreateInstanceProfile",
  "iam:DeleteInstanceProfile",
  "iam:GetInstanceProfile",
  "iam:ListInstanceProfileTags",
  "iam:TagInstanceProfile",
  "iam:UntagInstanceProfile",
  "iam:AddRoleToInstanceProfile",
  "iam:RemoveRoleFromInstanceProfile",
];

/** All that IAM lets anybody change, and passing a role on. */
const changing = [
  ...["Add*", "Attach*", "Change*", "Create*", "Deactivate*", "Delete*", "Detach*", "Disable*", "Enable*", "PassRole", "Put*", "Remove*"],
  ...["Reset*", "Resync*", "Set*", "Tag*", "Untag*", "Update*", "Upload*"],
].map((action) => `iam:${action}`);

/**
 * What a deployment needs beside PowerUserAccess, which has everything but IAM: the roles of its own stack. All else of IAM is denied, whatever other
 * policies it may get: the roles of other stacks, and those that this package makes.
 */
export function deployStatements({ accountId, stack, permissionsBoundaryArn }: DeployPermissionsArgs): Statement[] {
  const roles = pulumi.interpolate`arn:aws:iam::${accountId}:role${rolePath(stack)}*`;
  const profiles = pulumi.interpolate`arn:aws:iam::${accountId}:instance-profile/*`;
  const serviceLinked = "arn:aws:iam::*:role/aws-service-role/*";
  return [
    // With a boundary, no role without it can be made: what a deployment makes may then do no more than the boundary allows.
    {
      Effect: "Allow",
      Action: giving,
      Resource: roles,
      ...(permissionsBoundaryArn && { Condition: { StringEquals: { "iam:PermissionsBoundary": permissionsBoundaryArn } } }),
    },
    { Effect: "Allow", Action: managing, Resource: roles },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": [...roleServices], "aws:ResourceAccount": accountId } },
    },
    { Effect: "Allow", Action: instanceProfiles, Resource: profiles },
    { Effect: "Allow", Action: "iam:CreateServiceLinkedRole", Resource: serviceLinked },
    { Effect: "Deny", Action: changing, NotResource: [roles, profiles, serviceLinked] },
  ];
}
