import { parsedJson } from "@fairlead/changes";
import { isMap } from "@fairlead/model";
import { isReference } from "@fairlead/plan";

import { asList } from "../arguments/judge";

/** A condition of a statement: one operator on one key. */
export interface PolicyCondition {
  /** As it is written: `StringLike`, `ForAnyValue:StringEqualsIfExists`. */
  operator: string;
  /** In small letters, as AWS compares it. */
  key: string;
  values: string[];
}

/** One thing that a policy allows or denies. */
export interface Permission {
  effect: "Allow" | "Deny";
  /** Whom a resource's policy lets in: `AWS arn:…`, `Service ecs…`, `*`, `all but AWS arn:…`; empty where the policy is its holder's own. */
  principal: string;
  /** `s3:GetObject`, or `all but s3:GetObject, s3:PutObject`. */
  action: string;
  resource: string;
  conditions: PolicyCondition[];
}

/** What a policy says. */
export interface PolicyDocument {
  permissions: Permission[];
  /** Whether it has variables that its version takes as plain text. */
  hasDeadVariables: boolean;
}

/** How a principal begins that is a provider of identities, in a role's trust. */
export const identityProvider = "Federated ";

/** The host of an identity provider that is a resource of the plan, by its URN. */
export type ProviderHost = (urn: string) => string | undefined;

type Statement = Record<string, unknown>;

/** Undefined for what is no policy, such as one that is known only after apply. Several, such as inline ones, count as one. */
export function documentIn(policy: unknown, hostOf: ProviderHost = () => undefined): PolicyDocument | undefined {
  if (policy === undefined || policy === null) return { permissions: [], hasDeadVariables: false };
  if (isReference(policy)) return undefined;
  if (Array.isArray(policy)) return joined(policy.map((item) => documentIn(isMap(item) ? item.policy : item, hostOf)));
  const document = typeof policy === "string" ? parsedJson(policy) : policy;
  if (!isMap(document) || isReference(document)) return undefined;
  const permissions = asList(document.Statement)
    .filter(isMap)
    .flatMap((statement) => permissionsOf(statement, hostOf));
  return { permissions, hasDeadVariables: document.Version !== "2012-10-17" && hasVariables(document.Statement) };
}

function joined(documents: readonly (PolicyDocument | undefined)[]): PolicyDocument | undefined {
  const known = documents.filter((document) => document !== undefined);
  if (known.length < documents.length) return undefined;
  return {
    permissions: known.flatMap(({ permissions }) => permissions),
    hasDeadVariables: known.some(({ hasDeadVariables }) => hasDeadVariables),
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
const hasVariables = (statements: unknown) => /\$\{(?!urn:)[\w-]+:/.test(JSON.stringify(statements ?? null));

function permissionsOf(statement: Statement, hostOf: ProviderHost): Permission[] {
  const effect = statement.Effect === "Deny" ? "Deny" : "Allow";
  const conditions = conditionsOf(statement.Condition);
  return principalsOf(statement, hostOf).flatMap((principal) =>
    termsOf(statement, "Action").flatMap((action) =>
      termsOf(statement, "Resource").map((resource) => ({ effect, principal, action, resource, conditions }) as const),
    ),
  );
}

export const allBut = "all but ";

function termsOf(statement: Statement, key: "Action" | "Resource"): string[] {
  const not = statement[`Not${key}`];
  if (not !== undefined) return [`${allBut}${asList(not).map(String).sort().join(", ")}`];
  const terms = asList(statement[key]).map((term) => (typeof term === "string" ? term : JSON.stringify(term)));
  return terms.length > 0 ? terms : [""];
}

function principalsOf({ Principal: principal, NotPrincipal: not }: Statement, hostOf: ProviderHost): string[] {
  if (not !== undefined) return [`${allBut}${principalsIn(not, hostOf).sort().join(", ")}`];
  return principal === undefined ? [""] : principalsIn(principal, hostOf);
}

function principalsIn(principal: unknown, hostOf: ProviderHost): string[] {
  if (!isMap(principal)) return asList(principal).map(String);
  return Object.entries(principal).flatMap(([kind, who]) =>
    asList(who).map((each) => {
      if (each === "*") return "*";
      const text = typeof each === "string" ? each : JSON.stringify(each);
      return kind === "Federated" ? `${identityProvider}${provider(text, hostOf)}` : `${kind} ${account(text)}`;
    }),
  );
}

/**
 * An account by its number, which is the same as its root.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
const account = (principal: string) => /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;

/** A provider of OpenID Connect by its host: a trust policy names none of another account, and an account has one for each host. */
function provider(principal: string, hostOf: ProviderHost): string {
  const urn = /^\$\{(urn:[^}#]+)#arn\}$/.exec(principal)?.[1];
  const host = urn === undefined ? /^arn:[\w-]+:iam::\d{12}:oidc-provider\/(.+)$/.exec(principal)?.[1] : hostOf(urn);
  return host === undefined ? principal : `the identity provider ${host}`;
}

/** A value and a list of it alone are the same, and so are lists and keys in another order. */
function conditionsOf(conditions: unknown): PolicyCondition[] {
  if (!isMap(conditions)) return [];
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(isMap(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: asList(values).map(String).sort(),
    })),
  );
}
