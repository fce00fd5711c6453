import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";

import { policyDocument, type Statement } from "./policyDocument";

/** Arguments of {@link EncryptionKey}. */
export interface EncryptionKeyArgs {
  /** What the key is for, as the KMS console shows it. */
  description: string;
  /** AWS region, for the principal of CloudWatch Logs. */
  region: string;
  /** Region that the key is in, where it is not the stack's own: `us-east-1` for the log of a firewall of CloudFront's. The stack's by default. */
  keyRegion?: string;
  /**
   * Lets EC2 Auto Scaling start instances whose disks it encrypts, as with `Ec2Capacity`'s `kmsKeyArn`. False by default: nothing else needs it.
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   */
  autoScaling?: boolean;
  /**
   * Days between scheduling the deletion and losing the key with all that it encrypts; 7 to 30. 30 by default: the longest time to notice
   * a mistake.
   */
  deletionWindowInDays?: number;
  /** Pulumi refuses deletion and replacement (`protect`), after which nobody reads what it encrypted, until it is switched off. True by default. */
  deletionProtection?: boolean;
  /** Changes the arguments of the key just before it is created. */
  transform?: (args: kms.KeyArgs) => kms.KeyArgs;
}

/**
 * A customer managed KMS key with yearly rotation, one for an environment: images, logs, queues, topics, buckets and databases share it, so
 * that access to it is one policy and its price is paid once.
 *
 * Its policy leaves permissions to IAM and lets those AWS services use it that call on nobody's behalf: CloudWatch Logs; alarms and
 * EventBridge, which publish to encrypted topics; SNS, which delivers to encrypted queues; with `autoScaling` EC2 Auto Scaling.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 *
 * @example
 * ```ts
 * const encryptionKey = new EncryptionKey("prod", { description: "All of prod", region: "us-east-1" });
 * ```
 */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: EncryptionKeyArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:foundation:EncryptionKey", name, {}, options);
    const parent = { parent: this };
    const accountId = getCallerIdentityOutput({}, parent).accountId;
    const base: kms.KeyArgs = {
      description: args.description,
      enableKeyRotation: true,
      deletionWindowInDays: args.deletionWindowInDays ?? 30,
      policy: policyDocument([
        ...keyStatements(accountId, args.keyRegion ?? args.region),
        ...(args.autoScaling ? autoScalingStatements(accountId) : []),
      ]),
      region: args.keyRegion,
    };
    const key = new kms.Key(name, args.transform?.(base) ?? base, { ...parent, protect: (args.deletionProtection ?? true) || undefined });
    new kms.Alias(name, { name: `alias/fairlead/${name}`, targetKeyId: key.keyId, region: args.keyRegion }, parent);
    this.arn = key.arn;
    if (!args.autoScaling) closedToAutoScaling.add(this.arn);
    this.registerOutputs({ arn: this.arn });
  }
}

/** ARNs of keys with which no Auto Scaling group could start an instance. */
const closedToAutoScaling = new WeakSet<object>();

/** Whether it is the ARN of an {@link EncryptionKey} that EC2 Auto Scaling may not use. */
export function isClosedToAutoScaling(kmsKeyArn: pulumi.Input<string>): boolean {
  return typeof kmsKeyArn === "object" && closedToAutoScaling.has(kmsKeyArn);
}

/**
 * What AWS documents for the service-linked role of EC2 Auto Scaling. The role is named by a condition: KMS refuses a policy with a principal that
 * is not there, and AWS makes this one with the first group of an account.
 */
function autoScalingStatements(accountId: pulumi.Input<string>): Statement[] {
  const roleName = "AWSServiceRoleForAutoScaling";
  const role = pulumi.interpolate`arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/${roleName}`;
  const isRole = { ArnEquals: { "aws:PrincipalArn": role } };
  const shared = { Effect: "Allow", Principal: { AWS: "*" }, Resource: "*" } as const;
  return [
    {
      Sid: "AutoScaling",
      ...shared,
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Condition: isRole,
    },
    {
      Sid: "AutoScalingDisks",
      ...shared,
      Action: "kms:CreateGrant",
      Condition: { ...isRole, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

function keyStatements(accountId: pulumi.Input<string>, region: string): Statement[] {
  // In a key policy "*" means this key.
  const use = { Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" };
  return [
    {
      Sid: "PermissionsByIam",
      Effect: "Allow",
      Principal: { AWS: pulumi.interpolate`arn:aws:iam::${accountId}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "CloudWatchLogs",
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${accountId}:*` } },
    },
    {
      // AWS documents these services without a condition, and EventBridge supports none: an alarm that is not delivered tells nobody.
      Sid: "EncryptedTopicsAndQueues",
      Effect: "Allow",
      Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com", "sns.amazonaws.com"] },
      ...use,
    },
  ];
}
