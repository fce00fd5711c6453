import { isMap } from "@fairlead/model";

import { asList } from "../arguments/judge";

/** One thing that a policy allows or denies. */
export interface Permission {
  effect: "Allow" | "Deny";
  /** Whom a resource's policy lets in: `AWS arn:…`, `Service ecs…`, `*`; empty where the policy is its holder's own. */
  principal: string;
  action: string;
  resource: string;
  /** As JSON; empty where there is none. */
  condition: string;
}

type Statement = Record<string, unknown>;

/** Each permission by itself. Undefined for what is no policy, such as one that is known only after apply. */
export function permissionsIn(policy: unknown): Permission[] | undefined {
  if (policy === undefined || policy === null) return [];
  const document = parsed(policy);
  if (!isMap(document)) return undefined;
  return asList(document.Statement)
    .filter(isMap)
    .flatMap((statement) => {
      const effect = statement.Effect === "Deny" ? "Deny" : "Allow";
      const condition = isMap(statement.Condition) ? JSON.stringify(sorted(statement.Condition)) : "";
      return principalsOf(statement).flatMap((principal) =>
        termsOf(statement, "Action").flatMap((action) =>
          termsOf(statement, "Resource").map((resource) => ({ effect, principal, action, resource, condition }) as const),
        ),
      );
    });
}

/** `s3:GetObject`, or `all but s3:GetObject`. */
function termsOf(statement: Statement, key: "Action" | "Resource"): string[] {
  const not = statement[`Not${key}`];
  if (not !== undefined) return [`all but ${asList(not).map(String).sort().join(", ")}`];
  const terms = asList(statement[key]).map((term) => (typeof term === "string" ? term : JSON.stringify(term)));
  return terms.length > 0 ? terms : [""];
}

function principalsOf({ Principal: principal, NotPrincipal: not }: Statement): string[] {
  if (not !== undefined) return [`all but ${JSON.stringify(not)}`];
  if (principal === undefined) return [""];
  if (!isMap(principal)) return asList(principal).map(String);
  return Object.entries(principal).flatMap(([kind, who]) =>
    asList(who).map((each) => (each === "*" ? "*" : `${kind} ${typeof each === "string" ? account(each) : JSON.stringify(each)}`)),
  );
}

/**
 * An account by its number, which is the same as its root.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
const account = (principal: string) => /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;

function parsed(policy: unknown): unknown {
  if (typeof policy !== "string") return policy;
  try {
    return JSON.parse(policy) as unknown;
  } catch {
    return undefined;
  }
}

/** A value and a list of it alone are the same, and so are lists and keys in another order. */
function sorted(value: unknown): unknown {
  if (!isMap(value)) return asList(value).map(String).sort();
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
