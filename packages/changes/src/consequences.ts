import type { PlanResource } from "@fairlead/plan";

import type { ResourceChange } from "./model";

/** How much a replacement or deletion hurts: nothing, an interruption, or data that is gone. */
export type Severity = "routine" | "interruption" | "dataLoss";

/** What follows when a resource is replaced or deleted. */
export interface Consequence {
  severity: Severity;
  text: string;
}

interface Entry {
  replaced?: [Severity, string];
  deleted?: [Severity, string];
}

const rollout: Entry = {
  replaced: ["routine", "A new revision; the service rolls over to it."],
  deleted: ["routine", "Revisions stay readable."],
};
const data = (what: string): Entry => ({
  replaced: ["dataLoss", `A new, empty ${what} takes its place. What was in the old one is not carried over.`],
  deleted: ["dataLoss", `The ${what} goes, with what is in it.`],
});

const byType: Record<string, Entry> = {
  "aws:ecs/taskDefinition:TaskDefinition": rollout,
  "docker-build:index:Image": { deleted: ["routine", "The image stays in the registry until the lifecycle policy expires it."] },
  "docker-build:index:Index": {
    replaced: ["routine", "Another tag. The old one stays until the lifecycle policy expires it."],
    deleted: ["routine", "The image stays in the registry until the lifecycle policy expires it."],
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    replaced: ["routine", "Put again in one request."],
    deleted: ["routine", "Images are no longer expired."],
  },
  "aws:ecs/service:Service": {
    replaced: ["interruption", "ECS ends all of its tasks before the new service starts its own: no answer until those are healthy."],
    deleted: ["interruption", "All of its tasks end."],
  },
  "aws:ecs/cluster:Cluster": {
    replaced: ["interruption", "Every service in it is replaced as well: no tasks until the new ones are healthy."],
    deleted: ["interruption", "Every service in it ends."],
  },
  "aws:lb/targetGroup:TargetGroup": {
    replaced: [
      "interruption",
      "The listener's rule turns to a new target group; requests fail until tasks have registered there and are healthy.",
    ],
    deleted: ["interruption", "Nothing forwards to its targets any more."],
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    replaced: ["interruption", "Another DNS name. What points at the old one fails until it is changed, and open connections end."],
    deleted: ["interruption", "Nothing that it led to can be reached."],
  },
  "aws:lb/listener:Listener": {
    replaced: ["interruption", "Connections to its port are refused until the new one is there."],
    deleted: ["interruption", "Connections to its port are refused."],
  },
  "aws:lb/listenerRule:ListenerRule": {
    replaced: ["routine", "Its requests fall to the listener's next rule for a moment."],
    deleted: ["interruption", "Its requests fall to the listener's default action: 404."],
  },
  "aws:servicediscovery/service:Service": {
    replaced: ["interruption", "Callers don't find the service by name until its tasks have registered again."],
    deleted: ["interruption", "Callers no longer find the service by name."],
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": {
    replaced: ["interruption", "No service finds another by name until all have registered again."],
    deleted: ["interruption", "No service finds another by name."],
  },
  "aws:ec2/vpc:Vpc": {
    replaced: ["interruption", "Everything in it is replaced as well: load balancers, services, databases."],
    deleted: ["interruption", "AWS refuses while anything is in it."],
  },
  "aws:ec2/subnet:Subnet": {
    replaced: ["interruption", "What is in it moves: AWS refuses to delete the old one before network interfaces have left."],
    deleted: ["interruption", "AWS refuses while network interfaces are in it."],
  },
  "aws:ec2/natGateway:NatGateway": {
    replaced: ["interruption", "Connections to the internet break, and come from another address afterwards."],
    deleted: ["interruption", "Its subnets have no way to the internet, unless their route leads elsewhere."],
  },
  "aws:ec2/eip:Eip": {
    replaced: ["interruption", "Another public address: others' allow lists name the old one."],
    deleted: ["interruption", "The address is given back, and is not to be had again."],
  },
  "aws:ec2/route:Route": {
    replaced: ["interruption", "Packets find no way for a moment."],
    deleted: ["interruption", "Packets for it find no way."],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    replaced: ["interruption", "What uses it is moved to a new one, whose rules have to be there first."],
    deleted: ["routine", "AWS refuses while anything uses it."],
  },
  "aws:kms/key:Key": { deleted: ["dataLoss", "After its waiting period, what it encrypted can't be read any more."] },
  "aws:rds/cluster:Cluster": data("database"),
  "aws:rds/clusterInstance:ClusterInstance": {
    replaced: ["interruption", "Connections to it end. The cluster's data stays."],
    deleted: ["interruption", "Connections to it end. The cluster's data stays."],
  },
  "aws:elasticache/replicationGroup:ReplicationGroup": data("cache"),
  "aws:dynamodb/table:Table": data("table"),
  "aws:s3/bucket:Bucket": data("bucket"),
  "aws:sqs/queue:Queue": data("queue"),
  "aws:efs/fileSystem:FileSystem": data("file system"),
  "aws:sns/topic:Topic": {
    replaced: ["interruption", "Another ARN: messages to the old one fail."],
    deleted: ["interruption", "Messages to it fail."],
  },
  "aws:ecr/repository:Repository": {
    replaced: ["dataLoss", "Its images are deleted, or AWS refuses while there are any."],
    deleted: ["dataLoss", "Its images are deleted, or AWS refuses while there are any."],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    replaced: ["dataLoss", "The logs in the old one are deleted."],
    deleted: ["dataLoss", "The logs in it are deleted."],
  },
  "aws:cloudfront/distribution:Distribution": {
    replaced: ["interruption", "Another domain name; up to a quarter of an hour until it answers everywhere."],
    deleted: ["interruption", "Its domain answers no more."],
  },
};

const severities: readonly Severity[] = ["routine", "interruption", "dataLoss"];

/** What follows from a replacement or deletion; undefined for other operations. */
export function consequenceOf({ type, operation, before }: Pick<ResourceChange, "type" | "operation" | "before">): Consequence | undefined {
  if (operation !== "replace" && operation !== "delete") return undefined;
  if (before?.options.protect) return { severity: "interruption", text: "It is protected: `up` fails, and changes nothing of it." };
  if (operation === "delete" && before?.options.retainOnDelete)
    return { severity: "routine", text: "Pulumi forgets it; it stays as it is." };
  const entry = byType[type] ?? {};
  const [severity, text] = (operation === "replace" ? entry.replaced : entry.deleted) ?? ["routine", ""];
  return { severity, text: isProtectedByAws(before) ? `${text} ${awsRefuses}`.trim() : text };
}

const awsRefuses = "Its deletion protection is on: AWS refuses to delete it, and `up` ends with an error half-way.";

function isProtectedByAws(before: PlanResource | undefined): boolean {
  const { deletionProtection, enableDeletionProtection, deletionProtectionEnabled } = before?.inputs ?? {};
  return [deletionProtection, enableDeletionProtection, deletionProtectionEnabled].includes(true);
}

/** The worst first. */
export function bySeverity(a: Consequence, b: Consequence): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity);
}
