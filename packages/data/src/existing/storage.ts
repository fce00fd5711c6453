import * as dynamodb from "@pulumi/aws/dynamodb";
import * as efs from "@pulumi/aws/efs";

import { bucketBinding } from "../bucket";
import type { DataDeclaration } from "../declaration";
import { fileSystemBinding } from "../fileSystem";
import { tableBinding } from "../table";

/** Arguments of what exists and may be encrypted with a key. */
export interface ExistingKey {
  /** ARN of the KMS key that it is encrypted with, where that is a key of yours. None by default: for AWS's own nobody needs a permission. */
  kmsKeyArn?: string;
}

/** Arguments of {@link existingTable}. */
export interface ExistingTableArgs extends ExistingKey {
  /** Name of the table, in the stack's region. */
  tableName: string;
}

/**
 * A DynamoDB table that somebody else made and goes on to own: services are bound to it, and `up` neither changes nor deletes it. One that is not there fails
 * the preview.
 *
 * @example
 * ```ts
 * const data = { carts: existingTable({ tableName: "shop-test-carts" }) };
 * ```
 */
export const existingTable = ({ tableName, kmsKeyArn }: ExistingTableArgs): DataDeclaration => ({
  kind: "table",
  create: (name) => {
    const { arn } = dynamodb.getTableOutput({ name: tableName });
    return { kind: "table", bind: ({ access }) => tableBinding(name, { arn, tableName }, access, kmsKeyArn) };
  },
});

/** Arguments of {@link existingBucket}. */
export interface ExistingBucketArgs extends ExistingKey {
  bucketName: string;
}

/**
 * An S3 bucket that somebody else made and goes on to own; as {@link existingTable}, but that a preview doesn't ask whether it is there: who may ask that of any
 * bucket may list its objects. Its policy must let the account's roles in, as it does without one.
 */
export const existingBucket = ({ bucketName, kmsKeyArn }: ExistingBucketArgs): DataDeclaration => ({
  kind: "bucket",
  create: (name) => {
    const arn = `arn:aws:s3:::${bucketName}`;
    return { kind: "bucket", bind: ({ access }) => bucketBinding(name, { arn, bucketName }, access, kmsKeyArn) };
  },
});

/** Arguments of {@link existingFileSystem}. */
export interface ExistingFileSystemArgs {
  /** Such as `fs-0a1b2c3d4e5f60718`. */
  fileSystemId: string;
  /** Security group of its mount targets, into which the services that are bound are let. */
  securityGroupId: string;
  /** Folder of the file system that services mount. All of it by default, as whoever mounted it before had. */
  path?: string;
  /** Whom files are read and written as, whichever user a container has. The owner of the files that are there; `{ uid: 1000, gid: 1000 }` by default, the containers' own. */
  posixUser?: { uid: number; gid: number };
}

/** An EFS file system that somebody else made and goes on to own; as {@link existingTable}. Each service gets an access point, which is the stack's. */
export const existingFileSystem = ({
  fileSystemId,
  securityGroupId,
  path = "/",
  posixUser = { uid: 1000, gid: 1000 },
}: ExistingFileSystemArgs): DataDeclaration => ({
  kind: "fileSystem",
  create: (name) => {
    const { arn } = efs.getFileSystemOutput({ fileSystemId });
    const accessPoint = { posixUser, rootDirectory: { path } };
    return { kind: "fileSystem", bind: (args) => fileSystemBinding(name, { fileSystemId, arn, securityGroupId }, accessPoint, args) };
  },
});
