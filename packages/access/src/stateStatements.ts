import type { Statement } from "@fairlead/foundation";
import * as pulumi from "@pulumi/pulumi";

/** Where Pulumi keeps the stacks' state, in a bucket of this account. */
export interface StateBackend {
  /** ARN of the bucket of an S3 backend. */
  bucketArn: pulumi.Input<string>;
  /**
   * ARNs of the KMS keys of `--secrets-provider awskms://…`, by environment. None by default. One key for several would let whoever may decrypt one
   * environment's secrets decrypt the others', which stand in the repository as well.
   */
  kmsKeyArns?: Record<string, pulumi.Input<string>>;
}

/**
 * What is a stack's own in the bucket, wherever in it the backend is: its state, its history, its backups, its locks.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/store.go
 */
function objectsOf({ bucketArn }: StateBackend, stack: string): pulumi.Output<string>[] {
  const own = pulumi.interpolate`${bucketArn}/*.pulumi/*/${pulumi.getProject()}/${stack}`;
  return [pulumi.interpolate`${own}.*`, pulumi.interpolate`${own}/*`];
}

/**
 * A stack's own in a backend of before Pulumi told projects apart, but for locks. Where the project has the stack's name, its history and backups are
 * folders of the project's now, with those of all stacks.
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/backend/diy/meta.go
 */
function formerObjectsOf({ bucketArn }: StateBackend, stack: string): pulumi.Output<string>[] {
  const folders = stack === pulumi.getProject() ? [] : [`history/${stack}/*`, `backups/${stack}/*`];
  return [`stacks/${stack}.*`, ...folders].map((path) => pulumi.interpolate`${bucketArn}/*.pulumi/${path}`);
}

/**
 * State through an access point of whatever bucket: the ARN of such an object does not name the bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
const throughAccessPoints = "arn:aws:s3:*:*:accesspoint/*/object/*.pulumi/*";

/** What all stacks share: how the backend is laid out. */
function layoutOf({ bucketArn }: StateBackend): pulumi.Output<string> {
  return pulumi.interpolate`${bucketArn}/*.pulumi/meta.yaml`;
}

function locksOf({ bucketArn }: StateBackend, stack: string): pulumi.Output<string> {
  return pulumi.interpolate`${bucketArn}/*.pulumi/locks/*/${pulumi.getProject()}/${stack}/*`;
}

function keysOf({ kmsKeyArns = {} }: StateBackend, stacks: readonly string[]): pulumi.Input<string>[] {
  return stacks.flatMap((stack) => kmsKeyArns[stack] ?? []);
}

/** Reading the state of these stacks, with its secrets, and of no other; what it writes is their locks. */
export function readingState(backend: StateBackend | undefined, stacks: readonly string[]): Statement[] {
  if (!backend || stacks.length === 0) return [];
  const { bucketArn } = backend;
  const locks = stacks.map((stack) => locksOf(backend, stack));
  const keys = keysOf(backend, stacks);
  return [
    // The names of what is in it.
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
    {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: [layoutOf(backend), ...stacks.flatMap((stack) => objectsOf(backend, stack))],
    },
    { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: locks },
    ...(keys.length > 0 ? [{ Effect: "Allow", Action: "kms:Decrypt", Resource: keys } as const] : []),
  ];
}

/**
 * Writing a stack's state: PowerUserAccess may, so that what has to be said is what it may not. That is reading or writing the state of these other
 * stacks, using their keys, and changing the bucket and what all stacks share. The role itself may not: one that it makes may, unless a boundary keeps it.
 */
export function keptFromState(backend: StateBackend | undefined, others: readonly string[]): Statement[] {
  if (!backend) return [];
  const keys = keysOf(backend, others);
  return [
    {
      Effect: "Deny",
      Action: "s3:*",
      Resource: [...others.flatMap((stack) => [...objectsOf(backend, stack), ...formerObjectsOf(backend, stack)]), throughAccessPoints],
    },
    { Effect: "Deny", Action: ["s3:Create*", "s3:Put*", "s3:Update*", "s3:Delete*"], Resource: [backend.bucketArn, layoutOf(backend)] },
    ...(keys.length > 0 ? [{ Effect: "Deny", Action: "kms:*", Resource: keys } as const] : []),
  ];
}
