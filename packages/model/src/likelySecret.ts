import { secretForm, stoodIn } from "./secretForms";

/** What a variable likely holds, in words that have nothing of its value. */
export interface LikelySecret {
  /** Sure by a form that nothing else has; perhaps by the variable's name, or by how random the value is. */
  certainty: "sure" | "perhaps";
  what: string;
}

/** What stands for such a value wherever a change is shown. */
export const hiddenSecret = "[likely secret]";

/** Names of what is secret, at their end: `PASSWORD_MIN_LENGTH` is no password. */
const secretName =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SECRET_?KEY(?:_BASE)?|ENCRYPTION_?KEY|SIGNING_?KEY|MASTER_?KEY|CREDENTIAL)S?(?:_\d+)?$/;
const passwordName = /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|PASS|PWD)S?(?:_\d+)?$/;
const switchName = /^(?:ALLOW|ENABLE|DISABLE|REQUIRE|USE|HAS|IS|SKIP|SHOW|HIDE|MAX|MIN)_/;
/** What is shipped to browsers: bundlers take only variables of these names into a page. */
const publicName =
  /^(?:NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP|NG_APP)_|(?:^|_)(?:PUBLIC|PUBLISHABLE|ANON|SITE)_?KEY$/;
/** Values that are random and known to everyone. */
const openName =
  /(?:^|_)(?:PUBLIC|IDS?|FINGERPRINT|HASH|DIGEST|CHECKSUM|INTEGRITY|SHA\d*|COMMIT|REVISION|VERSION|ETAG|CERT|CERTIFICATE|BUNDLE|IMAGE|ICON|LOGO|ARN|SITE_KEY)(?:_|$)/;

const switches =
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|enabled?|disabled?|required|optional|always|never|auto|default|basic|bearer|jwt|token|password|secret|env|file|vault)$/i;
/** Where a secret is, rather than what it is: an ARN, a URL, a file, `shop/prod/database`, `op://…`, `vault:…`. */
const reference =
  /^arn:|^[a-z][a-z0-9+.-]*:\/\/|^(?:vault|ssm|secretsmanager|op|env|file|projects)[:/]|^[.~]?\/|^[\w.-]+(?:\/[\w.-]+)+\/?$|\.(?:pem|key|crt|json|ya?ml|txt|jks|p12)$/i;
const variableName = /^[A-Z]+(?:_[A-Z]+)+$/;
const words = /^[a-z]+(?:[-_.][a-z]+)+$/;
/** Of Datadog's browsers, and addresses of Ethereum's, which are public. */
const publicValue = /^(?:pub[0-9a-f]{32}|pk[._].*|0x[0-9a-f]{40})$/i;

/**
 * Whether a variable looks like it held a secret. What is asked of its form alone is sure; a name, or a value that looks random, is a
 * hint. Public keys, digests, ids, references and switches are none.
 */
export function likelySecret(name: string, value: string): LikelySecret | undefined {
  const upper = inCapitals(name);
  const isPublic = publicName.test(upper);
  const form = secretForm(value) ?? secretForm(decoded(value) ?? "");
  if (form?.certainty === "sure" && !(isPublic && /JWT/.test(form.what))) return form;
  if (isPublic) return undefined;
  if (/SECRET_?ACCESS_?KEY$/.test(upper) && /^[A-Za-z0-9/+]{40}$/.test(value) && !/EXAMPLE/.test(value)) {
    return { certainty: "sure", what: "a secret access key of AWS" };
  }
  if (form) return form;
  if (namesSecret(name) && isValue(upper, value)) return { certainty: "perhaps", what: "what its name says" };
  if (saysOne(value)) return { certainty: "perhaps", what: "a text that says a password" };
  return !openName.test(upper) && isRandom(value) ? { certainty: "perhaps", what: "a random text" } : undefined;
}

/** Whether a variable's name says that it is a secret. */
export function namesSecret(name: string): boolean {
  const upper = inCapitals(name);
  return secretName.test(upper) && !switchName.test(upper);
}

/** `dbPassword` as `DB_PASSWORD` */
function inCapitals(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toUpperCase();
}

/** Whether what a secret's name has is a value, rather than a place, a switch or a number that counts something. */
function isValue(upper: string, value: string): boolean {
  const isPassword = passwordName.test(upper);
  if (value.trim().length < 3 || stoodIn.test(value) || switches.test(value) || reference.test(value)) return false;
  if (variableName.test(value) || publicValue.test(value)) return false;
  // A password may be words or digits alone; of anything else words are its name, and digits an amount.
  return isPassword || !(words.test(value) || /^[a-z]+$/i.test(value) || /^\d{1,15}$/.test(value));
}

const labelled =
  /(?:^|[;?&"'\s.])(?:password|passwd|pwd|secret|api[-_]?key|access[-_]?token|token)["']?\s*[=:]\s*["']?(?<value>[^\s"';&,}]{3,})/gi;

/** `Password=…;`, `&password=…` or `"password": "…"`, in a connection string, in settings or among arguments. */
function saysOne(text: string): boolean {
  return [...text.matchAll(labelled)].some(({ groups }) => isValue("PASSWORD", groups!.value!));
}

/** Base64 that holds a text: settings, and what is hidden in them. */
function decoded(value: string): string | undefined {
  if (value.length < 24 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  const text = Buffer.from(value, "base64").toString("utf8");
  return /[\u0000-\u0008\u000e-\u001f\uFFFD]/.test(text) ? undefined : text;
}

const images = /^(?:iVBORw0KGgo|R0lGOD|\/9j\/|PHN2Zy|UklGR|AAABAA)/;
/** DER of public keys and certificates, as base64. */
const openKeys = /^(?:MIIBIj|MIICIj|MIGf|MFkw|MHYw|MCow|MII[CDEFG].{1,2}CCA|AAAA[BCE])/;

/**
 * Whether a text looks like a key that a machine made: one word of 24 to 128 characters in which capitals, small letters and digits take turns, as they
 * do in random ones and not in `OrdersEventHandlerV2`. Hexadecimal is a digest's form as well, and tells nothing.
 */
function isRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{24,128}={0,2}$/.test(value)) return false;
  if (/^[0-9a-f-]+$/i.test(value) || /^sha\d+-/.test(value) || images.test(value) || openKeys.test(value)) return false;
  if (publicValue.test(value) || decoded(value) !== undefined) return false;
  const kinds = [...value].map((letter) => (/[a-z]/.test(letter) ? "a" : /[A-Z]/.test(letter) ? "A" : /\d/.test(letter) ? "0" : "-"));
  if (!(["a", "A", "0"] as const).every((kind) => kinds.includes(kind))) return false;
  const turns = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return turns / value.length >= 0.4 && entropy(value) >= 4;
}

/** Bits a character, by how often each comes. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
