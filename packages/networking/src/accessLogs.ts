import { PrivateBucket } from "@fairlead/foundation";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import type * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link AccessLogs}. */
export interface AccessLogsArgs {
  /** Days that access logs are kept. 90 by default: an incident is seldom looked into later, and logs grow with the traffic. */
  expirationDays?: number;
  /** Lets `pulumi destroy` delete the logs; without it a bucket with logs in it stays, and `destroy` ends with an error. False by default. */
  forceDestroy?: boolean;
  /** Changes the arguments of the bucket just before it is created. */
  transform?: (args: s3.BucketArgs) => s3.BucketArgs;
}

/**
 * The bucket for the access logs of load balancers and of other buckets. Encrypted with S3's own key: load balancers can't write to a bucket
 * with a KMS key.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * @example
 * ```ts
 * const accessLogs = new AccessLogs("prod-access-logs", { expirationDays: 365 });
 * ```
 */
export class AccessLogs extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;

  constructor(name: string, args: AccessLogsArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:networking:AccessLogs", name, {}, options);
    const { accountId } = getCallerIdentityOutput({}, { parent: this });
    const fromThisAccount = { StringEquals: { "aws:SourceAccount": accountId } };
    const bucket = new PrivateBucket(
      name,
      {
        expirationDays: args.expirationDays ?? 90,
        forceDestroy: args.forceDestroy,
        transform: args.transform,
        statements: (bucketArn) => [
          {
            Sid: "ApplicationLoadBalancers",
            Effect: "Allow",
            Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${bucketArn}/alb/*`,
            Condition: { ArnLike: { "aws:SourceArn": pulumi.interpolate`arn:aws:elasticloadbalancing:*:${accountId}:loadbalancer/*` } },
          },
          {
            Sid: "NetworkLoadBalancers",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${bucketArn}/nlb/*`,
            Condition: fromThisAccount,
          },
          {
            Sid: "NetworkLoadBalancersLookFirst",
            Effect: "Allow",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Action: "s3:GetBucketAcl",
            Resource: bucketArn,
            Condition: fromThisAccount,
          },
          {
            Sid: "Buckets",
            Effect: "Allow",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${bucketArn}/s3/*`,
            Condition: fromThisAccount,
          },
        ],
      },
      { parent: this },
    );
    this.bucketName = bucket.bucketName;
    this.bucketArn = bucket.arn;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}
