import { changedResources, consequenceOf, nounOf, type ResourceChange } from "@fairlead/changes";

import { isOtherMajor } from "../majorVersions";
import type { JobFact, RollbackFact } from "./facts";
import type { Sides } from "./sides";

type Reason = RollbackFact["reasons"][number];

/** What is kept for people to look at, or made anew from sources: nothing that runs misses it. */
const isMadeAnew = /^aws:(cloudwatch\/logGroup|ecr\/repository):|^docker-build:/;

/** Why the program before, brought out again, doesn't bring back what it had. Undefined where nothing is known that forbids it. */
export function rollbackFact({ changes: { stack, resources } }: Sides, jobs: readonly JobFact[]): RollbackFact | undefined {
  const reasons = [
    ...changedResources(resources).flatMap((change) => lossOf(change) ?? upgradeOf(change) ?? rotationOf(change) ?? []),
    ...jobs.flatMap(({ of, before, timeoutMinutes }): Reason[] =>
      timeoutMinutes !== undefined && before.length > 0 ? [{ what: of, why: "migrated" }] : [],
    ),
  ];
  return reasons.length > 0 ? { kind: "rollback", of: stack, reasons } : undefined;
}

function lossOf(change: ResourceChange): Reason | undefined {
  const { type, name, operation, before } = change;
  if ((operation !== "delete" && operation !== "replace") || isMadeAnew.test(type)) return undefined;
  if (consequenceOf(change)?.severity !== "dataLoss") return undefined;
  const what = `${nounOf(type, before?.inputs)} ${name}`;
  return { what, why: operation === "delete" ? "deleted" : "replaced" };
}

const databases = /^aws:(rds|docdb|neptune|elasticache|memorydb|opensearch)\//;

/**
 * Databases go back to an earlier major version by a snapshot alone.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.html
 */
function upgradeOf({ type, name, operation, before, after }: ResourceChange): Reason | undefined {
  if (!databases.test(type) || operation !== "update") return undefined;
  const [was, is] = [before, after].map((side) => side?.inputs.engineVersion);
  if (typeof was !== "string" || typeof is !== "string") return undefined;
  if (!isOtherMajor(after!.inputs.engine, was, is)) return undefined;
  const what = `${nounOf(type, after!.inputs)} ${name}`;
  return { what, why: "upgraded", detail: `${was} → ${is}` };
}

const values = /^aws:(secretsmanager\/secretVersion|ssm\/parameter):|^random:index\/(randomPassword|randomString):/;

function rotationOf({ type, name, operation, before, after, properties }: ResourceChange): Reason | undefined {
  if (!values.test(type) || (operation !== "update" && operation !== "replace")) return undefined;
  if (type.startsWith("aws:ssm/") && (after ?? before)!.inputs.type !== "SecureString") return undefined;
  const isNew = type.startsWith("random:")
    ? operation === "replace"
    : properties.some(({ path }) => /^(secretString|secretBinary|value)/.test(path));
  const what = `${nounOf(type)} ${name}`;
  return isNew ? { what, why: "rotated" } : undefined;
}
