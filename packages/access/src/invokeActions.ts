/**
 * What AWS is asked by each provider function that a plan may call, taken from what the function's read does in terraform-provider-aws 6, and by the
 * component whose plugin, or dynamic resource whose provider, looks something up itself.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 */
export const invokeActions: Readonly<Record<string, readonly string[]>> = {
  // AWS answers it whatever a policy says.
  "aws:index/getCallerIdentity:getCallerIdentity": [],
  "aws:cloudformation/getExport:getExport": ["cloudformation:ListExports"],
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": ["ecr:GetAuthorizationToken"],
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ["ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries"],
  "aws:ec2/getRouteTables:getRouteTables": ["ec2:DescribeRouteTables"],
  "aws:ec2/getSubnet:getSubnet": ["ec2:DescribeSubnets"],
  "aws:ec2/getSubnets:getSubnets": ["ec2:DescribeSubnets"],
  "aws:dynamodb/getTable:getTable": [
    "dynamodb:DescribeTable",
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:ListTagsOfResource",
  ],
  "aws:efs/getFileSystem:getFileSystem": ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeLifecycleConfiguration"],
  "aws:elasticache/getReplicationGroup:getReplicationGroup": ["elasticache:DescribeReplicationGroups", "elasticache:DescribeCacheClusters"],
  "aws:lb/getListener:getListener": ["elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeTags"],
  "aws:lb/getLoadBalancer:getLoadBalancer": [
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeTags",
  ],
  "aws:rds/getCluster:getCluster": ["rds:DescribeDBClusters", "rds:ListTagsForResource"],
  "aws:rds/getInstance:getInstance": ["rds:DescribeDBInstances", "rds:ListTagsForResource"],
  "aws:sns/getTopic:getTopic": ["sns:ListTopics", "sns:GetTopicAttributes", "sns:ListTagsForResource"],
  "aws:sqs/getQueue:getQueue": ["sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ListQueueTags"],
  "aws:kms/getKey:getKey": ["kms:DescribeKey"],
  "aws:secretsmanager/getSecret:getSecret": ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
  // Their diffs ask, in a preview as well.
  "pulumi-nodejs:dynamic/fairlead:Rollout": ["ecs:DescribeServices"],
  "pulumi-nodejs:dynamic/fairlead:SecretVersions": ["secretsmanager:DescribeSecret", "ssm:DescribeParameters"],
  // The zones that it spreads a VPC over.
  "awsx:ec2:Vpc": ["ec2:DescribeAvailabilityZones"],
};
