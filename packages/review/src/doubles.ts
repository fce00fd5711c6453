import { nounOf, type ChangeSet } from "@fairlead/changes";
import type { Plan, PlanResource } from "@fairlead/plan";

import type { Danger } from "./danger";

/** Settings of which AWS keeps one for each of what they belong to, and the inputs that name that. */
const settings: Readonly<Record<string, readonly string[]>> = {
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
};

/** New settings of something that has the same already: AWS keeps what was written last, and each `up` may write the other one. */
export function doubles({ before, after }: ChangeSet): Danger[] {
  const [old, now] = [byTarget(before), byTarget(after)];
  return [...now].flatMap(([key, resources]) => {
    if (resources.length < 2 || resources.length <= (old.get(key)?.length ?? 0)) return [];
    const names = resources.map(({ name }) => name).join(", ");
    const text =
      "AWS keeps one for each of what it belongs to: the last that is written takes the place of the others, which still stand in the program and in the state.";
    return [
      {
        severity: "lessProtected",
        title: `has more than one ${nounOf(resources[0]!.type)} of the same: ${names}`,
        forcedBy: [],
        text,
        urns: resources.map(({ urn }) => urn),
      },
    ];
  });
}

function byTarget({ resources }: Plan): Map<string, PlanResource[]> {
  const targets = new Map<string, PlanResource[]>();
  for (const resource of resources) {
    const inputs = settings[resource.type];
    if (!inputs) continue;
    const key = JSON.stringify([
      resource.type,
      resource.options.provider,
      resource.inputs.region,
      ...inputs.map((input) => target(resource, input)),
    ]);
    targets.set(key, [...(targets.get(key) ?? []), resource]);
  }
  return targets;
}

/** Whatever attribute of it is named: the id of a bucket and its name are one bucket. */
function target({ inputs, propertyDependencies }: PlanResource, input: string): unknown {
  const urns = propertyDependencies[input] ?? [];
  return urns.length === 1 ? urns[0] : inputs[input];
}
