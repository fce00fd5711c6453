import { changedResources, nounOf, type ChangeSet, type ResourceChange, type Severity } from "@fairlead/changes";
import { firstFew } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import type { OneDanger } from "../danger";
import { permissionsIn, type Permission } from "./statements";

/** Where a type keeps a policy, and what the policy belongs to. */
const policyOf: Readonly<Record<string, { argument: string; holder?: string }>> = {
  "aws:iam/role:Role": { argument: "assumeRolePolicy" },
  "aws:iam/rolePolicy:RolePolicy": { argument: "policy", holder: "role" },
  "aws:iam/userPolicy:UserPolicy": { argument: "policy", holder: "user" },
  "aws:iam/groupPolicy:GroupPolicy": { argument: "policy", holder: "group" },
  "aws:iam/policy:Policy": { argument: "policy" },
  "aws:s3/bucketPolicy:BucketPolicy": { argument: "policy", holder: "bucket" },
  "aws:sqs/queuePolicy:QueuePolicy": { argument: "policy", holder: "queueUrl" },
  "aws:sqs/queue:Queue": { argument: "policy" },
  "aws:sns/topic:Topic": { argument: "policy" },
  "aws:sns/topicPolicy:TopicPolicy": { argument: "policy", holder: "arn" },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": { argument: "policy", holder: "repository" },
  "aws:ecr/registryPolicy:RegistryPolicy": { argument: "policy" },
  "aws:kms/key:Key": { argument: "policy" },
  "aws:kms/keyPolicy:KeyPolicy": { argument: "policy", holder: "keyId" },
  "aws:efs/fileSystemPolicy:FileSystemPolicy": { argument: "policy", holder: "fileSystemId" },
  "aws:secretsmanager/secret:Secret": { argument: "policy" },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { argument: "policy", holder: "secretArn" },
  "aws:dynamodb/resourcePolicy:ResourcePolicy": { argument: "policy", holder: "resourceArn" },
};

/** Whom policies let do more than before. */
export function openedPolicies(changes: ChangeSet): OneDanger[] {
  const created = new Set(changes.resources.filter(({ operation }) => operation === "create").map(({ urn }) => urn));
  return changedResources(changes.resources).flatMap((change) => [...policyChange(change, created), ...attachment(change, created)]);
}

function policyChange({ type, name, urn, operation, before, after }: ResourceChange, created: ReadonlySet<string>): OneDanger[] {
  const { argument, holder } = policyOf[type] ?? {};
  if (!argument || !after || operation === "delete") return [];
  const told = (severity: Severity, text: string): OneDanger[] => [
    { severity, verb: `changes what ${argument} lets do: ${nounOf(type)}`, name, urn, text },
  ];
  const [was, is] = [permissionsIn(before?.inputs[argument]), permissionsIn(after.inputs[argument])];
  const isOfNew = before === undefined && (holder === undefined || isNew(after, holder, created));
  if (!is) return isOfNew ? [] : told("unknown", "The policy is known only after apply.");
  if (!was) return told("unknown", "The policy before is not known.");
  const more = beyond(is, was).filter(({ effect }) => effect === "Allow");
  const denied = beyond(was, is).filter(({ effect }) => effect === "Deny");
  const worst = more.map((permission) => severityOf(permission, argument)).includes("opened") ? "opened" : "lessProtected";
  if (more.length > 0 && (!isOfNew || worst === "opened")) {
    const text = `${isOfNew ? "New" : "More than before"}: ${firstFew(more.map(textOf), 3)}.`;
    return told(isOfNew ? "lessProtected" : worst, text);
  }
  if (denied.length > 0) return told("lessProtected", `No longer denied: ${firstFew(denied.map(textOf), 3)}.`);
  const less = before ? beyond(was, is).filter(({ effect }) => effect === "Allow") : [];
  if (less.length === 0 || urn.includes("fairlead:services:Service")) return [];
  return told("interruption", `Refused from then on: ${firstFew(less.map(textOf), 3)}.`);
}

const wideningPolicies = /(^|\/)(AdministratorAccess|PowerUserAccess|\w*FullAccess|SystemAdministrator)$/;

function attachment({ type, name, urn, operation, after }: ResourceChange, created: ReadonlySet<string>): OneDanger[] {
  if (!/^aws:iam\/\w*[pP]olicyAttachment:/.test(type) || !after || operation === "delete") return [];
  const policy = String(after.inputs.policyArn);
  if (wideningPolicies.test(policy))
    return [
      { severity: "opened", verb: "attaches", name: policy.split("/").at(-1)!, urn, text: `${name} may do all that it says from then on.` },
    ];
  const who = ["role", "user", "group"].find((key) => key in after.inputs) ?? "roles";
  if (operation === "create" && isNew(after, who, created)) return [];
  return [
    {
      severity: "lessProtected",
      verb: "attaches",
      name: policy.includes("${") ? name : policy.split("/").at(-1)!,
      urn,
      text: "Who has the role may do what that policy allows.",
    },
  ];
}

function isNew({ propertyDependencies }: PlanResource, argument: string, created: ReadonlySet<string>): boolean {
  const of = propertyDependencies[argument] ?? [];
  return of.length > 0 && of.every((urn) => created.has(urn));
}

/** What the first have that the second have not, and that nothing of the second covers. */
function beyond(ones: readonly Permission[], others: readonly Permission[]): Permission[] {
  return ones.filter((one) => !others.some((other) => coversPermission(other, one)));
}

function coversPermission(one: Permission, other: Permission): boolean {
  const matches = (pattern: string, text: string) =>
    pattern === text || (pattern.endsWith("*") && !pattern.startsWith("all but ") && text.startsWith(pattern.slice(0, -1)));
  return (
    one.effect === other.effect &&
    (one.principal === other.principal || one.principal === "*") &&
    (one.condition === other.condition || one.condition === "") &&
    matches(one.action, other.action) &&
    matches(one.resource, other.resource)
  );
}

/** Everybody, another account, a workflow, or whatever there is. */
function severityOf({ principal, action, resource, condition }: Permission, argument: string): Severity {
  if (principal === "*" && condition === "") return "opened";
  if (argument === "assumeRolePolicy" && /^(AWS|Federated) /.test(principal) && !principal.includes("${")) return "opened";
  if (argument === "assumeRolePolicy" && principal.startsWith("Federated ")) return "opened";
  if (/^AWS .*\d{12}/.test(principal)) return "opened";
  const isEverything = action === "*" || action.startsWith("all but ") || /^iam:\*?$/.test(action) || action === "iam:*";
  if (principal === "" && isEverything && resource !== "") return "opened";
  return principal === "" && action.endsWith(":*") && resource === "*" ? "opened" : "lessProtected";
}

/** `AWS 123456789012 may s3:GetObject on arn:…` */
function textOf({ principal, action, resource, condition }: Permission): string {
  const who = principal === "" ? "" : `${principal === "*" ? "everybody" : short(principal)} may `;
  const on = resource === "" ? "" : ` on ${short(resource)}`;
  return `${who}${short(action)}${on}${condition === "" ? "" : " under conditions"}`;
}

/** `${urn:…::reports#arn}/*` → `<reports arn>/*` */
function short(text: string): string {
  return text.replace(/\$\{urn:[^}]*::([^}#]+)#([^}]+)\}/g, "<$1 $2>").slice(0, 120);
}
