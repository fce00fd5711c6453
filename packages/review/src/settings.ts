import type { PlanResource } from "@fairlead/plan";

/** Settings of which AWS keeps one for each of what they belong to, and the inputs that name that. */
export const settings: Readonly<Record<string, readonly string[]>> = {
  "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["bucket"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["bucket"],
  "aws:s3/bucketVersioning:BucketVersioning": ["bucket"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ["bucket"],
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ["bucket"],
  "aws:s3/bucketLogging:BucketLogging": ["bucket"],
  "aws:s3/bucketNotification:BucketNotification": ["bucket"],
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ["bucket"],
  "aws:wafv2/webAclAssociation:WebAclAssociation": ["resourceArn"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["resourceArn"],
  "aws:sqs/queuePolicy:QueuePolicy": ["queueUrl"],
  "aws:sqs/redrivePolicy:RedrivePolicy": ["queueUrl"],
  "aws:sns/topicPolicy:TopicPolicy": ["arn"],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["repository"],
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["repository"],
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": [],
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": [],
  "aws:ecr/registryPolicy:RegistryPolicy": [],
  "aws:kms/keyPolicy:KeyPolicy": ["keyId"],
  "aws:secretsmanager/secretPolicy:SecretPolicy": ["secretArn"],
  "aws:efs/fileSystemPolicy:FileSystemPolicy": ["fileSystemId"],
  "aws:efs/backupPolicy:BackupPolicy": ["fileSystemId"],
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": ["clusterName"],
  "aws:appautoscaling/target:Target": ["resourceId", "scalableDimension"],
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": ["subnetId"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId", "gatewayId"],
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": ["vpcId"],
};

/** Resources that add to an argument of what they belong to: the argument, and the input that names that. */
const inline: Readonly<Record<string, { argument: string; of: string }>> = {
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": { argument: "ingress", of: "securityGroupId" },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": { argument: "egress", of: "securityGroupId" },
  "aws:ec2/route:Route": { argument: "routes", of: "routeTableId" },
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": { argument: "subnetIds", of: "networkAclId" },
  "aws:iam/rolePolicy:RolePolicy": { argument: "inlinePolicies", of: "role" },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { argument: "managedPolicyArns", of: "role" },
  "aws:s3/bucketPolicy:BucketPolicy": { argument: "policy", of: "bucket" },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { argument: "lifecycleRules", of: "bucket" },
  "aws:s3/bucketVersioning:BucketVersioning": { argument: "versioning", of: "bucket" },
  "aws:s3/bucketLogging:BucketLogging": { argument: "loggings", of: "bucket" },
  "aws:sqs/queuePolicy:QueuePolicy": { argument: "policy", of: "queueUrl" },
  "aws:sqs/redrivePolicy:RedrivePolicy": { argument: "redrivePolicy", of: "queueUrl" },
  "aws:sns/topicPolicy:TopicPolicy": { argument: "policy", of: "arn" },
  "aws:kms/keyPolicy:KeyPolicy": { argument: "policy", of: "keyId" },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { argument: "policy", of: "secretArn" },
};

/** The argument that says the same as a resource, and the input that names whose it is. */
export function inlineSettings({ type, inputs }: PlanResource): { argument: string; of: string } | undefined {
  if (type !== "aws:ec2/securityGroupRule:SecurityGroupRule") return inline[type];
  return { argument: inputs.type === "egress" ? "egress" : "ingress", of: "securityGroupId" };
}
