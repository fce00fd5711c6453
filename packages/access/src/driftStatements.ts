import type { Statement } from "@fairlead/foundation";

/** Services whose resources the components here make: each describes and lists them without what is in them. */
const described = [
  ...["acm", "application-autoscaling", "autoscaling", "backup", "cloudfront", "cloudwatch", "dynamodb", "ec2", "ecr", "ecr-public", "ecs"],
  ...["elasticache", "elasticfilesystem", "elasticloadbalancing", "events", "iam", "kms", "logs", "rds", "route53", "s3", "scheduler"],
  ...["secretsmanager", "servicediscovery", "sns", "sqs", "states", "wafv2"],
];

/** What else says how a resource is set up. `Get*` would read data as well. */
const gotten = [
  ...["backup:GetBackup*", "cloudfront:GetConnectionGroup", "cloudfront:GetDistribution*", "cloudfront:GetVpcOrigin"],
  ...["cloudwatch:GetDashboard", "dynamodb:GetResourcePolicy", "ecr:GetLifecyclePolicy", "ecr:GetRegistryScanningConfiguration"],
  ...["ecr:GetRepositoryPolicy", "ecr-public:GetRepository*", "iam:GetInstanceProfile", "iam:GetRole", "iam:GetRolePolicy"],
  ...["kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "logs:GetDataProtectionPolicy", "route53:GetChange", "route53:GetHostedZone"],
  ...["s3:GetAccelerateConfiguration", "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration"],
  ...["s3:GetReplicationConfiguration", "scheduler:GetSchedule", "secretsmanager:GetResourcePolicy", "servicediscovery:Get*"],
  ...["sns:GetDataProtectionPolicy", "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sqs:GetQueueAttributes"],
  ...["sqs:GetQueueUrl", "wafv2:GetLoggingConfiguration", "wafv2:GetPermissionPolicy", "wafv2:GetWebACL*"],
];

/**
 * What a refresh reads of the components' resources. AWS's own policies for auditors leave some of it out: nothing of Cloud Map's services, no
 * subscription of SNS, no schedule, no tags of file systems.
 */
export const driftStatements: Statement[] = [
  { Effect: "Allow", Action: [...described.flatMap((service) => [`${service}:Describe*`, `${service}:List*`]), ...gotten], Resource: "*" },
];
