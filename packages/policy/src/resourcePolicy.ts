import type { PlanResource } from "@fairlead/plan";

import { ifKnown } from "./knownValues";
import type { PlanIndex } from "./planIndex";

type Several<T> = T | T[];

interface Statement {
  Effect: string;
  Principal?: string | Record<string, Several<string>>;
  NotPrincipal?: unknown;
  /** By operator and key. */
  Condition?: Record<string, Record<string, Several<string | boolean>>>;
}

interface PolicyDocument {
  Statement: Several<Statement>;
}

/** Whether a resource policy refuses whatever does not come over TLS. */
export function refusesPlainText(policies: PlanResource[], plan: PlanIndex): boolean {
  return policies.some((policy) => {
    const statements = statementsOf(policy, plan);
    // A text that is put together from what is known only after apply can't be read yet.
    if (!statements) return true;
    return statements.some(({ Effect, Condition }) => Effect === "Deny" && String(Condition?.Bool?.["aws:SecureTransport"]) === "false");
  });
}

/** Whether a resource policy lets in everybody, without a condition on who it is. */
export function letsInEverybody(policies: PlanResource[], plan: PlanIndex): boolean {
  return policies.some((policy) =>
    (statementsOf(policy, plan) ?? []).some((statement) =>
      // What one statement leaves open doesn't excuse another.
      ifKnown(() => statement.Effect === "Allow" && isForEverybody(statement) && !saysWho(statement.Condition ?? {})),
    ),
  );
}

function statementsOf(policy: PlanResource, plan: PlanIndex): Statement[] | undefined {
  const document = plan.json<PolicyDocument>(policy, "policy");
  return document && listOf(document.Statement);
}

function isForEverybody({ Principal, NotPrincipal }: Statement): boolean {
  if (NotPrincipal !== undefined || Principal === "*") return true;
  return typeof Principal === "object" && Principal.AWS !== undefined && listOf(Principal.AWS).includes("*");
}

/**
 * Keys by which a condition says who may, or from where.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const whoKeys = [
  ...["aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:userid", "kms:CallerAccount"],
  ...["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner"],
  ...["aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce", "s3:DataAccessPointAccount", "s3:DataAccessPointArn"],
].map((key) => key.toLowerCase());

/** Operators that ask for a value: not those that forbid one, or let pass who has none (`…IfExists`, `ForAllValues:`). */
const askingOperator = /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/** Values that everybody has. */
const anybody = /^[*?:/]*$|^arn:(aws[\w-]*|\*):[*:/]*$|^(0\.0\.0\.0|::)\/0$/;

function saysWho(condition: NonNullable<Statement["Condition"]>): boolean {
  return Object.entries(condition).some(
    ([operator, keys]) =>
      askingOperator.test(operator) &&
      Object.entries(keys).some(
        ([key, values]) => whoKeys.includes(key.toLowerCase()) && !listOf(values).some((value) => anybody.test(String(value))),
      ),
  );
}

function listOf<T>(value: Several<T>): T[] {
  return [value].flat() as T[];
}
