import type { Plan, PlanResource } from "@fairlead/plan";

import type { StoredResource } from "./storedResource";

/** What `destroy` leaves by intention: which ARNs, and what to say of them. docs/aws.md has the reasons. */
export interface Kept {
  arn: RegExp;
  what: string;
}

/**
 * What a stack keeps, by the names that its plan gives: anything else that is left is left by mistake.
 *
 * @param backedUpClusters ids of its clusters whose automated backups outlive them; the plan knows none
 */
export function keptOnPurpose({ resources }: Plan, backedUpClusters: readonly string[]): Kept[] {
  return [
    ...resources.flatMap((resource) => keptKinds[resource.type]?.(resource) ?? []),
    ...backedUpClusters.map((id) => kept("rds", `cluster-snapshot:rds:${pattern(id)}-\\d{4}-.+`, automatedBackup)),
  ];
}

/** Ids of the clusters of a state whose automated backups AWS is told to keep. */
export function backedUpClustersIn(resources: readonly StoredResource[]): string[] {
  const clusters = resources.filter(({ type, inputs }) => type === "aws:rds/cluster:Cluster" && inputs?.deleteAutomatedBackups === false);
  return clusters.flatMap(({ id }) => id ?? []);
}

const keptKinds: Record<string, (resource: PlanResource) => Kept[]> = {
  "aws:ecr/repository:Repository": ({ inputs, options }) =>
    inputs.forceDelete !== true && options.retainOnDelete
      ? [kept("ecr", `repository/${pattern(inputs.name)}`, "repository that keeps its images: delete it where nobody needs them")]
      : [],
  "aws:ecs/taskDefinition:TaskDefinition": ({ inputs, options }) =>
    options.retainOnDelete ? [kept("ecs", `task-definition/${pattern(inputs.family)}:\\d+`, "task definition, which costs nothing")] : [],
  "aws:efs/backupPolicy:BackupPolicy": () => [kept("backup", "recovery-point:.+", recoveryPoint)],
  "aws:secretsmanager/secret:Secret": ({ inputs, name }) =>
    inputs.recoveryWindowInDays === 0 ? [] : [kept("secretsmanager", `secret:${pattern(inputs.name ?? name)}-.+`, restorableSecret)],
  "aws:rds/cluster:Cluster": ({ inputs }) => [
    ...(inputs.skipFinalSnapshot !== true && inputs.finalSnapshotIdentifier !== undefined
      ? [kept("rds", `cluster-snapshot:${pattern(inputs.finalSnapshotIdentifier)}`, "final snapshot: delete it where nobody needs it")]
      : []),
  ],
};

/** AWS Backup names a recovery point by itself, and gives it the tags of the file system. */
const recoveryPoint = "recovery point of a file system, which AWS deletes after 35 days";
/** Secrets Manager adds six characters to the name, and Pulumi its own to one that it made. */
const restorableSecret = "secret, which can be restored until AWS deletes it, 30 days later where nothing else is said";
const automatedBackup = "automated backup, which AWS deletes when its days are over";

function kept(service: string, resource: string, what: string): Kept {
  return { arn: new RegExp(`^arn:[^:]+:${service}:[^:]+:\\d+:${resource}$`), what };
}

/** A name, in which `${…}` stands for what is known only after `up`, such as the id of a security group. */
function pattern(name: unknown): string {
  if (typeof name !== "string") return "[\\w/-]+";
  return name
    .split(/\$\{[^}]*\}/)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("[\\w-]+");
}
