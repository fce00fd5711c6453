import { parsedJson } from "@fairlead/changes";
import { canonical, isMap } from "@fairlead/model";

import { asList } from "./arguments/judge";

/** Of the provider's configuration: what decides in which account and by whose rights it works. */
export const identityKeys = [
  "profile",
  "accessKey",
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "endpoints",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
];

/** Of a provider: what says nothing of where it works, and nothing of what it does there. */
export const placeless = [
  "defaultTags",
  "ignoreTags",
  "maxRetries",
  "retryMode",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "tokenBucketRateLimiterCapacity",
  "httpProxy",
  "version",
];

export const otherRole = "Other credentials decide what it may do there, in the same account.";
export const allowsRefused = "It may go to an account that was refused until now.";

/** Of a role that is assumed: how its session is called and for how long it holds. */
const ofSession = ["sessionName", "duration", "durationSeconds", "sourceIdentity"];

/** Of configuration, and of a provider that is a resource, a list or an object is its JSON. */
export function said(value: unknown): unknown {
  return typeof value === "string" ? (parsedJson(value) ?? value) : value;
}

/** The roles that are assumed, one after the other; the last one works. */
function rolesIn(value: unknown): Record<string, unknown>[] {
  return asList(said(value)).filter(isMap);
}

/** The same text for two values by which the same works there; how the session of an assumed role is called is not in it. */
export function identityText(key: string, value: unknown): string {
  if (!key.startsWith("assumeRole")) return canonical(said(value) ?? null);
  const roles = rolesIn(value).map((role) => Object.fromEntries(Object.entries(role).filter(([name]) => !ofSession.includes(name))));
  return canonical(roles.length > 0 ? roles : (said(value) ?? null));
}

/** The account of the role that works in the end; undefined where none is assumed, and where its ARN is not known. */
function accountOfRole(value: unknown): string | undefined {
  const arn = rolesIn(value).at(-1)?.roleArn;
  return typeof arn === "string" ? /^arn:[\w-]+:iam::(\d{12}):/.exec(arn)?.[1] : undefined;
}

/**
 * What another value of such a key changes: nothing there, who works in the same account, or, as far as anybody can tell, the account.
 *
 * @param isPinned whether one account is allowed, the same before and after
 */
export function credentialsChange(key: string, before: unknown, after: unknown, isPinned: boolean): "nothing" | "otherRole" | "elsewhere" {
  if (identityText(key, before) === identityText(key, after)) return "nothing";
  if (key === "endpoints") return "elsewhere";
  const [was, is] = key.startsWith("assumeRole") ? [accountOfRole(before), accountOfRole(after)] : [undefined, undefined];
  if (was !== undefined && is !== undefined) return was === is ? "otherRole" : "elsewhere";
  return isPinned ? "otherRole" : "elsewhere";
}

/** Whether one account is allowed, the same before and after: of any other the provider refuses the credentials. */
export function isPinned(before: unknown, after: unknown): boolean {
  const [was, is] = [accountsIn(before), accountsIn(after)];
  return was.length === 1 && is.length === 1 && was[0] === is[0];
}

/** Accounts that a list of them names. */
export function accountsIn(value: unknown): string[] {
  return asList(said(value)).map(String);
}

/** The accounts that a provider works in, as far as its arguments say. */
export function accountsOf(argument: (key: string) => unknown): string[] {
  const roles = ["assumeRole", "assumeRoles", "assumeRoleWithWebIdentity"].flatMap((key) => accountOfRole(argument(key)) ?? []);
  return [...accountsIn(argument("allowedAccountIds")), ...roles];
}
