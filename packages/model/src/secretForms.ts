/** A form that nothing but a secret of its kind has. */
interface SecretForm {
  what: string;
  pattern: RegExp;
  /** Where it is one that its issuer hands out for tests, or shows to browsers as well. */
  isHarmless?: boolean;
}

const forms: readonly SecretForm[] = [
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: "an access key of AWS", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a token of GitHub", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40})/ },
  { what: "a token of GitLab", pattern: /\bglpat-[\w-]{20}/ },
  { what: "a token of npm", pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { what: "a token of Slack", pattern: /\b(?:xox[abeprs]|xapp)-\d[\w-]{20}/ },
  { what: "a webhook of Slack", pattern: /\bhooks\.slack\.com\/(?:services|workflows)\/T\w+\/\w+\/\w{16}/ },
  { what: "a key of Stripe", pattern: /\b(?:sk|rk)_live_[A-Za-z0-9]{16}/ },
  { what: "a key of Stripe for tests", pattern: /\b(?:sk|rk)_test_[A-Za-z0-9]{16}/, isHarmless: true },
  { what: "a secret of a webhook", pattern: /\bwhsec_[A-Za-z0-9+/]{24}/ },
  { what: "a key of SendGrid", pattern: /\bSG\.[\w-]{20,}\.[\w-]{40}/ },
  { what: "a key of OpenAI or Anthropic", pattern: /\bsk-(?:(?:proj|svcacct|admin|ant)-[\w-]{32}|[A-Za-z0-9]{48}\b)/ },
  { what: "a key of Google's APIs", pattern: /\bAIza[\w-]{35}\b/, isHarmless: true },
  { what: "a signed token (JWT)", pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{20}/ },
  { what: "the key of a storage account", pattern: /\bAccountKey=[A-Za-z0-9+/]{86}==/ },
  { what: "a signature in a URL", pattern: /[?&](?:sig|X-Amz-Signature)=[A-Za-z0-9%+/=]{24}/ },
  { what: "an application key of Laravel", pattern: /^base64:[A-Za-z0-9+/]{43}=$/ },
  { what: "a login of HTTP's", pattern: /\b(?:Bearer|Basic)\s+(?=[\w.~+/-]*\d)[\w.~+/-]{16,}/, isHarmless: true },
];

/** The login of a URL; the password to the last @ before the path, which its author may have forgotten to escape. */
const login = /\b[a-z][a-z0-9+.-]*:\/\/(?<user>[^\s/:@"']*):(?<password>[^\s/"']+)@(?<host>[^\s/:@?#"']+)/gi;

/** The login of Go's data source names: `user:password@tcp(host:3306)/database`. */
const goLogin = /(?:^|[\s"'])(?<user>[^\s/:@"']*):(?<password>[^\s/"']+)@(?:tcp|udp|unix)\((?<host>[^\s/:@?#"')]+)/gi;

/** What stands where a value is put in later, or where an author left one out: `$(NAME)`, `${NAME}`, `{{name}}`, `<…>`, `%NAME%`, `***`. */
export const stoodIn =
  /\$\(|\$\{|\{\{|^\$\w+$|^<[^]*>$|^%\w+%$|^[*x.…]+$|^(?:replace|change|fill|set)[-_ ]?(?:me|this|in)\b|^(?:todo|tbd)\b/i;

/** What AWS's own documentation shows. */
const documented = /EXAMPLE/;

const local = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

/** What a text holds by its form, the surest first. */
export function secretForm(text: string): { what: string; certainty: "sure" | "perhaps" } | undefined {
  let perhaps: string | undefined;
  for (const { what, pattern, isHarmless } of forms) {
    const found = pattern.exec(text)?.[0];
    if (found === undefined || documented.test(found)) continue;
    if (!isHarmless) return { what, certainty: "sure" };
    perhaps ??= what;
  }
  for (const { groups } of [...text.matchAll(login), ...text.matchAll(goLogin)]) {
    const { user, password, host } = groups as { user: string; password: string; host: string };
    if (stoodIn.test(password)) continue;
    // What images come with, or what only its own task reaches.
    if (password !== user && !local.test(host)) return { what: "a URL with a password", certainty: "sure" };
    perhaps ??= "a URL with a password";
  }
  return perhaps === undefined ? undefined : { what: perhaps, certainty: "perhaps" };
}
