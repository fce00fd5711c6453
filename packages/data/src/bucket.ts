import { PrivateBucket, type Binding, type PrivateBucketArgs } from "@fairlead/foundation";
import { bindingVariables, type Access } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable, BindArgs } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";
import { keyStatements } from "./encryption";

/** Arguments of {@link Bucket}: those of a private bucket. */
export type BucketArgs = Pick<
  PrivateBucketArgs,
  "kmsKeyArn" | "expirationDays" | "noncurrentExpirationDays" | "accessLogsBucket" | "forceDestroy" | "transform"
>;

/**
 * An S3 bucket for services' objects.
 *
 * @example
 * ```ts
 * const uploads = new Bucket("uploads", { noncurrentExpirationDays: 90 });
 * ```
 */
export class Bucket extends pulumi.ComponentResource implements Bindable {
  readonly kind = "bucket";
  readonly arn: pulumi.Output<string>;
  readonly bucketName: pulumi.Output<string>;
  private readonly kmsKeyArn: pulumi.Input<string> | undefined;
  private readonly label: string;

  constructor(name: string, args: BucketArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:Bucket", name, {}, options);
    this.label = name;
    const bucket = new PrivateBucket(name, args, { parent: this });
    this.arn = bucket.arn;
    this.bucketName = bucket.bucketName;
    this.kmsKeyArn = args.kmsKeyArn;
    this.registerOutputs({ arn: this.arn });
  }

  /** `<NAME>_BUCKET`. */
  bind({ access }: BindArgs): Binding {
    return bucketBinding(this.label, this, access, this.kmsKeyArn);
  }
}

/** What is known of a bucket that services are bound to. */
export interface BoundBucket {
  arn: pulumi.Input<string>;
  bucketName: pulumi.Input<string>;
}

/** A bucket's name, and the permissions on it and its objects. */
export function bucketBinding(label: string, { arn, bucketName }: BoundBucket, access: Access, kmsKeyArn?: pulumi.Input<string>): Binding {
  const read = ["s3:GetObject"];
  const write = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"];
  const actions = { read, write, readWrite: [...read, ...write] }[access];
  return {
    environment: { [bindingVariables("bucket", label).environment.BUCKET]: bucketName },
    statements: [
      { Effect: "Allow", Action: actions, Resource: pulumi.interpolate`${arn}/*` },
      { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
      ...keyStatements(kmsKeyArn),
    ],
  };
}

/** Declares a {@link Bucket}. */
export const bucket = (args: Own<BucketArgs> = {}): DataDeclaration<Bucket> => ({
  kind: "bucket",
  create: (name, { kmsKeyArn, accessLogsBucket, deletionProtection }) =>
    new Bucket(name, { kmsKeyArn, accessLogsBucket, forceDestroy: !deletionProtection, ...args }),
});
