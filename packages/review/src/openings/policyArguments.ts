/** The arguments of a type that are policies, and the one that names what the policy belongs to, where it is a resource of its own. */
export interface PolicyArguments {
  names: readonly string[];
  holder?: string;
}

const own: PolicyArguments = { names: ["policy"] };
const of = (holder: string): PolicyArguments => ({ names: ["policy"], holder });

/** Where types keep policies. What these let who do is compared in `policies`, so no judge of arguments tells it. */
export const policyArguments: Readonly<Record<string, PolicyArguments>> = {
  "aws:iam/role:Role": { names: ["assumeRolePolicy", "inlinePolicies"] },
  "aws:iam/rolePolicy:RolePolicy": of("role"),
  "aws:iam/userPolicy:UserPolicy": of("user"),
  "aws:iam/groupPolicy:GroupPolicy": of("group"),
  "aws:iam/policy:Policy": own,
  "aws:s3/bucket:Bucket": own,
  "aws:s3/bucketV2:BucketV2": own,
  "aws:s3/bucketPolicy:BucketPolicy": of("bucket"),
  "aws:sqs/queuePolicy:QueuePolicy": of("queueUrl"),
  "aws:sqs/queue:Queue": own,
  "aws:sns/topic:Topic": own,
  "aws:sns/topicPolicy:TopicPolicy": of("arn"),
  "aws:ecr/repositoryPolicy:RepositoryPolicy": of("repository"),
  "aws:ecr/registryPolicy:RegistryPolicy": own,
  "aws:kms/key:Key": own,
  "aws:kms/keyPolicy:KeyPolicy": of("keyId"),
  "aws:efs/fileSystemPolicy:FileSystemPolicy": of("fileSystemId"),
  "aws:secretsmanager/secret:Secret": own,
  "aws:secretsmanager/secretPolicy:SecretPolicy": of("secretArn"),
  "aws:dynamodb/resourcePolicy:ResourcePolicy": of("resourceArn"),
  "aws:backup/vaultPolicy:VaultPolicy": of("backupVaultName"),
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": of("eventBusName"),
  "aws:opensearch/domain:Domain": { names: ["accessPolicies"] },
  "aws:opensearch/domainPolicy:DomainPolicy": { names: ["accessPolicies"], holder: "domainName" },
  "aws:s3/accessPoint:AccessPoint": own,
  "aws:s3control/accessPointPolicy:AccessPointPolicy": of("accessPointArn"),
};

export const isPolicyArgument = (type: string, argument: string): boolean => policyArguments[type]?.names.includes(argument) ?? false;
