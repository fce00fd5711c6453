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
  Condition?: object;
}

/**
 * Whether an identity with these policies may do something, as far as they say: what a service's own policy, a boundary or the organization adds or
 * takes away is not known here. A condition counts as met where it allows and as not met where it denies, since it depends on the request.
 *
 * @param documents the policies of the identity, as objects or as JSON
 * @param action `service:Operation`, such as `ec2:DescribeSubnets`; upper and lower case are the same to IAM
 * @param resource ARN that it is done to. By default any: then a denial counts only where it is of everything.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(
  documents: PolicyDocument | string | readonly (PolicyDocument | string)[],
  action: string,
  resource?: string,
): boolean {
  const statements = list(documents).flatMap((document) => list(parsed(document).Statement));
  const denied = statements.some(
    (statement) => statement.Effect === "Deny" && !statement.Condition && ofAction(statement, action) && denies(statement, resource),
  );
  return (
    !denied &&
    statements.some(
      (statement) =>
        statement.Effect === "Allow" && ofAction(statement, action) && (resource === undefined || ofResource(statement, resource)),
    )
  );
}

function denies(statement: PolicyStatement, resource: string | undefined): boolean {
  return resource === undefined ? list(statement.Resource).includes("*") : ofResource(statement, resource);
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
