/** A policy of IAM's, as JSON has it. */
export interface PolicyDocument {
  Statement: PolicyStatement | readonly PolicyStatement[];
}

interface PolicyStatement {
  Effect: string;
  Action?: string | readonly string[];
  NotAction?: string | readonly string[];
  Resource?: string | readonly string[];
  NotResource?: string | readonly string[];
  Condition?: Conditions;
}

/** By operator, such as `StringEquals`, and key. */
type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What a request says of itself, by condition key: `ecs:cluster`, `aws:ResourceTag/owner`. */
export type RequestContext = Readonly<Record<string, string | undefined>>;

/**
 * Whether an identity with these policies may do something, as far as they say: what a service's own policy, a boundary or the organization adds or
 * takes away is not known here. A condition depends on the request: without one it counts as met where it allows and as not met where it denies.
 *
 * @param documents the policies of the identity, as objects or as JSON
 * @param action `service:Operation`, such as `ec2:DescribeSubnets`; upper and lower case are the same to IAM
 * @param resource ARN that it is done to. By default any: then a denial counts only where it is of everything.
 * @param context what the request says of itself, by which conditions are judged
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(
  documents: PolicyDocument | string | readonly (PolicyDocument | string)[],
  action: string,
  resource?: string,
  context?: RequestContext,
): boolean {
  const statements = list(documents).flatMap((document) => list(parsed(document).Statement));
  const denied = statements.some(
    (statement) =>
      statement.Effect === "Deny" && isMet(statement, context, false) && ofAction(statement, action) && denies(statement, resource),
  );
  return (
    !denied &&
    statements.some(
      (statement) =>
        statement.Effect === "Allow" &&
        isMet(statement, context, true) &&
        ofAction(statement, action) &&
        (resource === undefined || ofResource(statement, resource)),
    )
  );
}

function denies(statement: PolicyStatement, resource: string | undefined): boolean {
  return resource === undefined ? list(statement.Resource).includes("*") : ofResource(statement, resource);
}

function isMet({ Condition }: PolicyStatement, context: RequestContext | undefined, unknown: boolean): boolean {
  if (!Condition) return true;
  if (!context) return unknown;
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = context[key];
      return value !== undefined && list<string>(wanted).some((each) => meets(operator, each, value));
    }),
  );
}

function meets(operator: string, wanted: string, value: string): boolean {
  if (operator === "StringEquals") return wanted === value;
  if (operator === "StringLike" || operator === "ArnLike" || operator === "ArnEquals") return matches(wanted, value);
  throw new Error(`The judge of policies does not know the condition ${operator}`);
}

function ofAction({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const named = (patterns: PolicyStatement["Action"]) => list(patterns).some((pattern) => matches(pattern, action, "i"));
  return NotAction === undefined ? named(Action) : !named(NotAction);
}

function ofResource({ Resource, NotResource }: PolicyStatement, resource: string): boolean {
  const named = (patterns: PolicyStatement["Resource"]) => list(patterns).some((pattern) => matches(pattern, resource));
  return NotResource === undefined ? named(Resource) : !named(NotResource);
}

/** `*` stands for any characters, `/` and `:` too, and `?` for one. */
function matches(pattern: string, text: string, flags = ""): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, `s${flags}`).test(text);
}

function parsed(document: PolicyDocument | string): PolicyDocument {
  return typeof document === "string" ? (JSON.parse(document) as PolicyDocument) : document;
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
