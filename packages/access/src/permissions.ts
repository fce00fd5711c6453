import { type Statement } from "@fairlead/foundation";
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
