/**
 * What AWS is asked by each provider function that a plan may call, taken from what the function's read does in terraform-provider-aws 6, and by the
 * component whose plugin, or dynamic resource whose provider, looks something up itself.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 */
export const invokeActions: Readonly<Record<string, readonly string[]>> = {
  // AWS answers it whatever a policy says.
  "aws:index/getCallerIdentity:getCallerIdentity": [],
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": ["ecr:GetAuthorizationToken"],
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": ["ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries"],
  "aws:ec2/getRouteTables:getRouteTables": ["ec2:DescribeRouteTables"],
  "aws:ec2/getSubnet:getSubnet": ["ec2:DescribeSubnets"],
  "aws:ec2/getSubnets:getSubnets": ["ec2:DescribeSubnets"],
  "aws:kms/getKey:getKey": ["kms:DescribeKey"],
  "aws:secretsmanager/getSecret:getSecret": ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
  // Their diffs ask, in a preview as well.
  "pulumi-nodejs:dynamic/fairlead:Rollout": ["ecs:DescribeServices"],
  "pulumi-nodejs:dynamic/fairlead:SecretVersions": ["secretsmanager:DescribeSecret", "ssm:DescribeParameters"],
  // The zones that it spreads a VPC over.
  "awsx:ec2:Vpc": ["ec2:DescribeAvailabilityZones"],
};
