import { withoutLogins } from "@fairlead/model";

/** From this length on a secret is found within words too; a shorter one as a whole word alone. */
const lengthWithinWords = 8;
/** A shorter text is no secret, and would be found everywhere. */
const minLength = 4;
const secretName = /SECRET|TOKEN|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE_KEY|ACCESS_KEY|API_KEY/i;
/** What somebody may have stored as a secret, and what is none. */
const trivial = /^(true|false|null|none|undefined)$/i;

/** What a report leaves out. */
export interface Redaction {
  /** Values of the configuration that are secrets, and of the environment that look like it. */
  secrets: string[];
  /** Shown by its last four digits; undefined where it may be shown. */
  accountId: string | undefined;
  /** Folders of this machine. */
  folders: string[];
}

/** Secrets of the stack's configuration: each as it is stored, and the texts in it where it is structured. */
export function secretsOfConfiguration(values: Record<string, { value?: string; secret?: boolean }>): string[] {
  return Object.values(values).flatMap(({ value, secret }) => (secret && value !== undefined ? [value, ...textsIn(value)] : []));
}

/** Values of variables that are secrets by their names. */
export function secretsOfEnvironment(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (value && secretName.test(name) && !/FILE$/.test(name) ? [value] : []));
}

/** A text without what nobody else should read. */
export function redact(text: string, { secrets, accountId, folders }: Redaction): string {
  let safe = text;
  for (const secret of hiddenForms(secrets)) safe = safe.replace(patternOf(secret), "[secret]");
  for (const folder of folders.filter(({ length }) => length > 1)) safe = safe.replaceAll(folder, "…");
  if (accountId !== undefined) safe = safe.replaceAll(accountId, masked(accountId));
  return withoutLogins(safe);
}

/** `********9012` */
export function masked(accountId: string): string {
  return accountId.slice(-4).padStart(accountId.length, "*");
}

/** The longest first: one may be a part of another. */
function hiddenForms(secrets: readonly string[]): string[] {
  const forms = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), ...secret.split(/\r?\n/)]);
  return [...new Set(forms)].filter((form) => form.trim().length >= minLength && !trivial.test(form)).sort((a, b) => b.length - a.length);
}

function patternOf(secret: string): RegExp {
  const escaped = secret.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return secret.length >= lengthWithinWords
    ? new RegExp(escaped, "g")
    : new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, "gu");
}

/** The texts of a structured value, which Pulumi stores as JSON. */
function textsIn(value: string): string[] {
  if (!/^\s*[[{]/.test(value)) return [];
  const texts: string[] = [];
  try {
    JSON.parse(value, (_, each: unknown) => (typeof each === "string" ? texts.push(each) : undefined));
  } catch {
    return [];
  }
  return texts;
}
