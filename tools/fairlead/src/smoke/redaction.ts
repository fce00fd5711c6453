import { homedir } from "node:os";
import { withoutLogins } from "@fairlead/model";

/** Shorter texts are found in words that are no secret. */
const minLength = 8;
const secretName = /SECRET|TOKEN|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE_KEY|ACCESS_KEY|API_KEY/i;

/** What a report leaves out. */
export interface Redaction {
  /** Values of the configuration that are secrets, and of the environment that look like it. */
  secrets: string[];
  /** Shown by its last four digits; undefined where it may be shown. */
  accountId: string | undefined;
  /** Folders of this machine. */
  folders: string[];
}

/** Values of variables that are secrets by their names. */
export function secretsOfEnvironment(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (value && secretName.test(name) && !/FILE$/.test(name) ? [value] : []));
}

/** A text without what nobody else should read. */
export function redact(text: string, { secrets, accountId, folders }: Redaction): string {
  let safe = text;
  const hidden = [...new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))];
  for (const secret of hidden.filter(({ length }) => length >= minLength).sort((a, b) => b.length - a.length)) {
    safe = safe.replaceAll(secret, "[secret]");
  }
  for (const folder of [...folders, homedir()].filter(({ length }) => length > 1)) safe = safe.replaceAll(folder, "…");
  if (accountId !== undefined) safe = safe.replaceAll(accountId, masked(accountId));
  return withoutLogins(safe);
}

/** `********9012` */
export function masked(accountId: string): string {
  return accountId.slice(-4).padStart(accountId.length, "*");
}
