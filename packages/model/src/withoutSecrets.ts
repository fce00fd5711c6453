import { withoutLogins } from "./withoutLogins";

// What looks like a secret in words of others: in what follows a name that says so, in headers, in arguments of commands, and in tokens by their form. Names of
// secrets, and their ARNs, stay: they are what to look for.

const names = String.raw`(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?`;
/** The quote that a value begins with, as it is in JSON within JSON as well, and the value to that quote, or to the end of what was cut off. */
const inQuotes = String.raw`b?(?<quote>\\*["'])(?!arn:)(?:(?!(?<!\\)\k<quote>)[^])+`;
/** A value without quotes, unless it says that there is none, or is a reference. */
const bare = String.raw`(?!(?:null|undefined|none|nil|true|false)\b|arn:)[^\s"',;&\\[\]{}…][^\s"',;&\\]{2,}`;
const separator = String.raw`\\*["']?\]?\s*(?:=>|:=|[:=])\s*\[?\s*`;
const scheme = "(?:bearer|basic|token|digest|apikey|negotiate|hawk|aws4-hmac-sha256)";

const kept = (before: string, value: string, flags = "gi") => new RegExp(`(?<before>${before})(?:${value})`, flags);

const patterns: readonly RegExp[] = [
  // Headers, to their end: a scheme has several words, a cookie several pairs.
  kept(String.raw`\b(?:proxy-)?authorization${separator}\\*["']?${scheme}\s+`, String.raw`[^\s"',\\]+(?:,\s*[^\s"',\\]+)*`),
  kept(
    String.raw`\b(?:proxy-)?authorization${separator}\\*["']?`,
    String.raw`(?!${scheme}\s|[:…])(?=[^\s"']*[\d+/=_]|[^\s"']{16})[^\s"',;\\]{3,}(?:\s+(?=[^\s"']*\d)[^\s"',;\\]+)?`,
  ),
  kept(String.raw`\b(?:set-)?cookie${separator}\\*["']?`, String.raw`[^\s=;,"'\\]+=[^\s;"'\\]*(?:;\s*[^\s;"'\\]+)*`),
  kept(String.raw`\b(?:bearer|basic)\s+`, String.raw`(?=[^\s"']*[\d._~+/])(?![\w-]+=")[\w.~+/=-]{8,}`),
  // Names and their values. An ARN has a secret's name after a colon or a slash, and no "=" after it.
  kept(String.raw`(?<![:/\w-])(?!(?:old)?pwd${separator}/)[\w-]*${names}[\w-]*${separator}`, `${inQuotes}|${bare}`),
  kept(String.raw`${names}(?<!\bpwd)=>?\s*`, `${inQuotes}|${bare}`),
  kept(String.raw`\b(?:x-amz-)?(?:signature|sig)=`, String.raw`[^\s"',;&]{3,}`),
  kept(String.raw`(?<![\w-])--?[\w-]*${names}\s+`, String.raw`${inQuotes}|[^\s"',;&\\-][^\s"',;&\\]{2,}`),
  kept(String.raw`\bpass(?:word|wd|phrase)?(?:\s+(?:is|was))?\s+`, inQuotes),
  kept(String.raw`\bpass(?:word|wd|phrase)?\s+(?:(?:is|was)\s+)?`, String.raw`(?=[^\s"']*\d)(?=[^\s"']*[A-Za-z])[^\s"',;&\\]{3,}`),
  kept(String.raw`\bAUTH\s+`, String.raw`(?=[^\s"']*\d)[^\s"']{3,}`, "g"),
  // Logins without "//", and those of commands.
  kept(String.raw`(?<![\w.-])[\w.-]+:`, String.raw`[^\s@"']+(?=@[a-z]+\()`),
  kept(String.raw`\b(?:curl|wget|http)\b[^|;]*?\s(?:-u|--user)[\s=]*["']?[^\s:"']+:`, String.raw`[^\s"']+`, "g"),
  kept(String.raw`\b(?:mysql|mariadb)[\w-]*(?:\s+\S+)*?\s+["']?-p`, String.raw`[^\s"']+`, "g"),
  kept(String.raw`\b(?:redis-cli\b(?:\s+\S+)*?\s+-a|(?:sshpass|docker login)\b(?:\s+\S+)*?\s+-p)\s+["']?`, String.raw`[^\s"']+`, "g"),
];

/** Tokens that are told by their form, those of whom containers talk to most; and private keys, of which each line may be a text of its own. */
const tokens = new RegExp(
  [
    String.raw`\b(?:AKIA|ASIA)[A-Z0-9]{16}\b`,
    String.raw`\beyJ[\w-]{10,}\.[\w-]{5,}(?:\.[\w-]+)?`,
    String.raw`\b(?:gh[pousr]|github_pat)_\w{16,}`,
    String.raw`\bglpat-[\w-]{10,}`,
    String.raw`\bnpm_[A-Za-z0-9]{16,}`,
    String.raw`\b(?:xox[abeprs]|xapp)-[\w-]{10,}`,
    String.raw`\b(?:sk|rk|pk)_(?:live|test)_\w{8,}`,
    String.raw`\bwhsec_\w{16,}`,
    String.raw`\bAIza[\w-]{16,}`,
    String.raw`\bSG\.[\w-]{10,}\.[\w-]{5,}`,
    // A secret access key of AWS's, which has no form but its length. A commit is of small letters alone.
    String.raw`(?<![\w/+=-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+][A-Za-z0-9+/]{39}(?![\w/+=-])`,
    String.raw`\bsk-[\w-]{20,}`,
    String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)`,
    String.raw`\bMI[IGEH][A-Za-z0-9+/]{20,}={0,2}`,
    // A line of a key in base64: PEM has 64 characters in each.
    String.raw`^\s*(?=\S*[a-z])(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9+/]{64}\s*$`,
  ].join("|"),
  "g",
);

/** A text without what looks like a secret. It takes time by the square of a text's length: cut long ones first. */
export function withoutSecrets(text: string): string {
  const replaced = patterns.reduce((now, pattern) => now.replace(pattern, "$<before>$<quote>…"), withoutLogins(text));
  return replaced.replace(tokens, "…");
}
