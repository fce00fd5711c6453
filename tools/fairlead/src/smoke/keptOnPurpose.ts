import type { Plan, PlanResource } from "@fairlead/plan";

/** What `destroy` leaves by intention: which ARNs, and what to say of them. docs/aws.md has the reasons. */
export interface Kept {
  arn: RegExp;
  what: string;
}

/** What a stack keeps, by the names that its plan gives: anything else that is left is left by mistake. */
export function keptOnPurpose({ resources }: Plan): Kept[] {
  return resources.flatMap((resource) => keptKinds[resource.type]?.(resource) ?? []);
}

const keptKinds: Record<string, (resource: PlanResource) => Kept[]> = {
  "aws:ecr/repository:Repository": ({ inputs, options }) =>
    inputs.forceDelete !== true && options.retainOnDelete
      ? [kept("ecr", `repository/${pattern(inputs.name)}`, "repository that keeps its images: delete it where nobody needs them")]
      : [],
  "aws:ecs/taskDefinition:TaskDefinition": ({ inputs, options }) =>
    options.retainOnDelete ? [kept("ecs", `task-definition/${pattern(inputs.family)}:\\d+`, "task definition, which costs nothing")] : [],
  "aws:efs/backupPolicy:BackupPolicy": () => [kept("backup", "recovery-point:.+", recoveryPoint)],
  "aws:rds/cluster:Cluster": ({ name, inputs }) => [
    ...(inputs.skipFinalSnapshot !== true && inputs.finalSnapshotIdentifier !== undefined
      ? [kept("rds", `cluster-snapshot:${pattern(inputs.finalSnapshotIdentifier)}`, "final snapshot: delete it where nobody needs it")]
      : []),
    ...(inputs.deleteAutomatedBackups === false
      ? [kept("rds", `(cluster-snapshot:rds:${clusterPattern(name, inputs)}-.+|cluster-auto-backup:.+)`, automatedBackup)]
      : []),
  ],
};

/** AWS Backup names a recovery point by itself, and gives it the tags of the file system. */
const recoveryPoint = "recovery point of a file system, which AWS deletes after 35 days";
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

/** Pulumi's own name for a cluster that has none is that of the resource with seven digits. */
function clusterPattern(name: string, { clusterIdentifier }: Record<string, unknown>): string {
  return clusterIdentifier === undefined ? `${pattern(name)}-[0-9a-f]{7}` : pattern(clusterIdentifier);
}
