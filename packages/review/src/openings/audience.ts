import { addressRange, isEverybody, type Severity } from "@fairlead/changes";

import { writesLogs } from "./accounts";
import { beyond, partsOf } from "./coverage";
import { isWideOn } from "./services";
import { allBut, identityProvider, type Permission, type PolicyCondition } from "./statements";

/**
 * Keys by which a condition says who, or from where: with a fixed value a policy is not public.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const saysWho =
  /^(aws:(principal(orgid|orgpaths|account|arn)|source(account|arn|orgid|orgpaths|owner|ip|vpc|vpce)|vpcsourceip|userid)|kms:calleraccount|s3:dataaccesspoint(account|arn)|elasticfilesystem:accessedviamounttarget)$/;

/** Of those the keys by which it says only from where. */
export const saysWhere = /^aws:(sourcevpce?|sourceip|vpcsourceip)$/;

/** Whether it allows something to whoever asks. */
export function isForEverybody({ effect, principal, conditions }: Permission): boolean {
  if (effect !== "Allow") return false;
  if (principal.startsWith(identityProvider) && !principal.includes(":saml-provider/"))
    return !conditions.some((condition) => saysWhoOf(principal, condition));
  return (principal === "*" || principal.startsWith(allBut)) && !conditions.some(isLimit);
}

/**
 * Whether a condition leaves out some of those whom a provider of identities knows, which may be everybody's: of GitHub's every repository there is.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
function saysWhoOf(principal: string, condition: PolicyCondition): boolean {
  const { set, base, isIfExists } = partsOf(condition);
  if (isIfExists || set === "ForAllValues:" || base.includes("Not") || base === "Null") return false;
  const claim = condition.key.slice(condition.key.lastIndexOf(":") + 1);
  // The audience is the same for all whom a provider of workflows knows; those of apps tell apps apart by it.
  if (claim === "aud" && /(^|\W)(githubusercontent|gitlab|terraform|buildkite|circleci|bitbucket)\b/.test(principal)) return false;
  return condition.values.length > 0 && condition.values.every((value) => !/^([\w-]*[:/])?[*?]/.test(value));
}

function isLimit(condition: PolicyCondition): boolean {
  const { set, base, isIfExists } = partsOf(condition);
  if (isIfExists || set === "ForAllValues:" || base.includes("Not") || base === "Null" || !saysWho.test(condition.key)) return false;
  if (base === "IpAddress") return !isEverybody(condition.values.flatMap((value) => addressRange(value) ?? []));
  return condition.values.length > 0 && condition.values.every((value) => namesSomebody(condition.key, value));
}

/** What a text says by itself: the names in references have colons, and maybe numbers. */
const withoutReferences = (text: string) => text.replace(/\$\{[^}]*\}/g, "reference");

/**
 * Whether a value of such a key, in which a star is any characters, leaves somebody out: `arn:aws:iam::*:role/*` is every role of every account. A bucket's ARN
 * has no account.
 */
function namesSomebody(key: string, value: string): boolean {
  if (!/[*?]/.test(value) || value.startsWith("${")) return true;
  if (!key.endsWith("arn")) return /^[^*?]+[/:]/.test(value);
  const [, , , , account = "*", ...named] = withoutReferences(value).split(":");
  return account === "" ? /^[^*?]/.test(named.join(":")) : !/[*?]/.test(account);
}

/**
 * Everybody, another account, a workflow, or whatever there is.
 *
 * @param own the accounts that the stack works in
 */
export function severityOf(permission: Permission, argument: string, own: ReadonlySet<string>): Severity {
  const { principal, action, resource } = permission;
  if (isForEverybody(permission) || isOfOthers(permission, argument, own)) return "opened";
  const isEverything = action === "*" || action.startsWith(allBut) || /^iam:\*?$/.test(action);
  if (principal === "" && isEverything && resource !== "") return "opened";
  return principal === "" && isWideOn(action, resource) ? "opened" : "lessProtected";
}

/** Whether it is for somebody whom another account names, or who comes from outside of AWS. */
function isOfOthers({ principal, action, conditions }: Permission, argument: string, own: ReadonlySet<string>): boolean {
  if (writesLogs(principal, action)) return false;
  const plain = withoutReferences(principal);
  if (principal === "*") return conditions.some((condition) => isLimit(condition) && accountsIn(condition).some((id) => !own.has(id)));
  if (plain.startsWith("CanonicalUser ")) return plain === principal;
  if (plain.startsWith("Federated ")) return argument === "assumeRolePolicy";
  if (!plain.startsWith("AWS ")) return false;
  const account = accountIn(plain);
  return account === undefined ? argument === "assumeRolePolicy" && plain === principal : !own.has(account);
}

const accountIn = (text: string) => /(?<!\d)\d{12}(?!\d)/.exec(withoutReferences(text))?.[0];

/** The accounts whose principals a condition lets in. */
function accountsIn({ key, values }: PolicyCondition): string[] {
  return /^aws:principal(account|arn)$/.test(key) ? values.flatMap((value) => accountIn(value) ?? []) : [];
}

/** Whether somebody of that account may do the same already: one more of those who are trusted with it. */
export function isOneMore({ principal, ...one }: Permission, was: readonly Permission[]): boolean {
  const account = /^AWS arn:/.test(principal) ? accountIn(principal) : undefined;
  if (account === undefined) return false;
  return was.some(
    (other) => accountIn(other.principal) === account && beyond([{ ...one, principal: other.principal }], [other]).length === 0,
  );
}
