import { roleServices, type Statement } from "@fairlead/foundation";
import type * as pulumi from "@pulumi/pulumi";

import { invokeActions } from "./invokeActions";

/** Where Pulumi keeps the stacks' state. */
export interface StateBackend {
  /** ARN of the bucket of an S3 backend. */
  bucketArn: pulumi.Input<string>;
  /** ARN of the KMS key of `--secrets-provider awskms://…`. None by default. */
  kmsKeyArn?: pulumi.Input<string>;
}

const previewActions = [...new Set(Object.values(invokeActions).flat())].sort();
const ofSecrets = (action: string) => action.startsWith("secretsmanager:");

/** What a preview asks AWS: the registry's login, and what the program looks up. It reads no secret. */
export const previewStatements: Statement[] = [
  { Effect: "Allow", Action: previewActions.filter((action) => !ofSecrets(action)), Resource: "*" },
  { Effect: "Allow", Action: previewActions.filter(ofSecrets), Resource: "arn:aws:secretsmanager:*:*:secret:*" },
];

/** What a deployment needs beside PowerUserAccess, which has everything but IAM: the roles of the services, in this account alone. */
export function deployStatements(
  accountId: pulumi.Input<string>,
  roles: pulumi.Input<string>,
  profiles: pulumi.Input<string>,
  boundary: pulumi.Input<string> | undefined,
): Statement[] {
  const make = ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:PutRolePermissionsBoundary"];
  const others = [
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
  const profile = [
    "iam:CreateInstanceProfile",
    "iam:DeleteInstanceProfile",
    "iam:GetInstanceProfile",
    "iam:AddRoleToInstanceProfile",
    "iam:RemoveRoleFromInstanceProfile",
  ];
  return [
    // With a boundary, no role without it can be made: what a deployment makes may then do no more than the boundary allows.
    {
      Effect: "Allow",
      Action: make,
      Resource: roles,
      ...(boundary && { Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } } }),
    },
    { Effect: "Allow", Action: others, Resource: roles },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": [...roleServices], "aws:ResourceAccount": accountId } },
    },
    { Effect: "Allow", Action: profile, Resource: profiles },
    { Effect: "Allow", Action: "iam:CreateServiceLinkedRole", Resource: "arn:aws:iam::*:role/aws-service-role/*" },
  ];
}

/** Reading the state, and writing it; a preview writes nothing but its lock. */
export function backendStatements(
  backend: StateBackend | undefined,
  objects: { all: pulumi.Input<string>; locks: pulumi.Input<string> },
  writes: boolean,
): Statement[] {
  if (!backend) return [];
  const { bucketArn, kmsKeyArn } = backend;
  return [
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
    { Effect: "Allow", Action: "s3:GetObject", Resource: objects.all },
    { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: writes ? objects.all : objects.locks },
    ...(kmsKeyArn
      ? [
          {
            Effect: "Allow" as const,
            Action: ["kms:Decrypt", ...(writes ? ["kms:Encrypt", "kms:GenerateDataKey"] : [])],
            Resource: kmsKeyArn,
          },
        ]
      : []),
  ];
}
