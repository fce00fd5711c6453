import { interrupts, isUnknown, lessProtected, unknown, type Meaning } from "./judge";

/** A variable of a container; undefined where it is not set. */
type Value = string | undefined;

/** Says what another value of a variable means that a library reads by itself, whatever the program says. */
type VariableJudge = (before: Value, after: Value) => Meaning | undefined;

const otherwise =
  (meaning: Meaning): VariableJudge =>
  () =>
    meaning;
/** When it is on that was not. */
const on =
  (meaning: Meaning): VariableJudge =>
  (before, after) =>
    isOn(after) && !isOn(before) ? meaning : undefined;
/** When it is off that was not. */
const off =
  (meaning: Meaning): VariableJudge =>
  (before, after) =>
    after !== undefined && !isOn(after) && (before === undefined || isOn(before)) ? meaning : undefined;
/** When options of a runtime say something of what is loaded or trusted. */
const options =
  (pattern: RegExp, meaning: Meaning): VariableJudge =>
  (before = "", after = "") => {
    const said = (text: string) => (text.match(new RegExp(pattern, "g")) ?? []).sort().join(" ");
    return said(before) === said(after) ? undefined : meaning;
  };

/** When it is no longer on that was. */
const ended =
  (meaning: Meaning): VariableJudge =>
  (before, after) =>
    isOn(before) && !isOn(after) ? meaning : undefined;

const isOn = (value: Value) => value !== undefined && !/^(0|false|no|off|)$/i.test(value.trim());

const unchecked = lessProtected(
  "It no longer checks the certificates of those that it connects to: whoever is in between reads all of it.",
);
const otherTrust = lessProtected("It trusts other certificates than before, in what it connects to.");
const otherCode = lessProtected("Other code than the program's is loaded into it.");
const elsewhere = (what: string) => lessProtected(`${what} goes to another host than before, with the credentials that come with it.`);

/** From the one that checks least. @see https://www.postgresql.org/docs/current/libpq-ssl.html */
const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
const weakerMode: VariableJudge = (before, after) => {
  const [was, is] = [before ?? "prefer", after ?? "prefer"].map((mode) => sslModes.indexOf(mode.toLowerCase()));
  return is! < was! ? lessProtected("It asks less of the connection to its database: no encryption, or no certificate.") : undefined;
};

/** By what the name says. @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html */
const judges: readonly [name: RegExp, judge: VariableJudge][] = [
  [/^AWS_(DEFAULT_)?REGION$/, otherwise(interrupts("AWS's SDK asks another region: what the program uses may not be there."))],
  [/^AWS_ENDPOINT_URL(_\w+)?$/, otherwise(elsewhere("What AWS's SDK sends"))],
  [/^AWS_IGNORE_CONFIGURED_ENDPOINT_URLS$/, otherwise(elsewhere("What AWS's SDK sends"))],
  [
    /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_(CREDENTIALS|AUTHORIZATION)_\w+|CONFIG_FILE|SHARED_CREDENTIALS_FILE)$/,
    otherwise(interrupts("AWS's SDK takes other credentials than the task's role.")),
  ],
  [/^AWS_EC2_METADATA_SERVICE_ENDPOINT(_MODE)?$/, otherwise(interrupts("AWS's SDK takes other credentials than the task's role."))],
  [/^(HTTPS?|ALL|FTP)_PROXY$/i, otherwise(elsewhere("What it sends"))],
  [/^NO_PROXY$/i, otherwise(unknown("Other hosts are reached past the proxy, or by it."))],
  [/^PG(HOST|HOSTADDR|PORT|SERVICE|SERVICEFILE)$/, otherwise(interrupts("It looks for its database at another address."))],
  [/^PGSSLMODE$/, weakerMode],
  [/^NODE_TLS_REJECT_UNAUTHORIZED$/, off(unchecked)],
  [/^(PYTHONHTTPSVERIFY|GIT_SSL_VERIFY|NPM_CONFIG_STRICT_SSL|SSL_VERIFY|VERIFY_SSL|TLS_VERIFY|VERIFY_TLS)$/i, off(unchecked)],
  [/^(GIT_SSL_NO_VERIFY|[A-Z_]*INSECURE_SKIP_VERIFY|[A-Z_]*SKIP_(TLS|SSL)_VERIF\w+|CURL_INSECURE)$/i, on(unchecked)],
  [
    /^(SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|AWS_CA_BUNDLE|GIT_SSL_CAINFO|PGSSLROOTCERT|OPENSSL_CONF)$/,
    otherwise(otherTrust),
  ],
  [
    /^(LD_PRELOAD|LD_AUDIT|LD_LIBRARY_PATH|PYTHONPATH|PYTHONSTARTUP|RUBYLIB|PERL5LIB|DOTNET_STARTUP_HOOKS|BASH_ENV|ENV)$/,
    otherwise(otherCode),
  ],
  [/^(NODE_OPTIONS)$/, options(/(-r|--(require|import|loader|experimental-loader|inspect\S*))[ =]\S*/, otherCode)],
  [/^(NODE_OPTIONS)$/, options(/--(tls|use-openssl|use-system|use-bundled)\S*/, otherTrust)],
  [/^(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/, options(/-(javaagent|agentlib|agentpath):\S*|-X?bootclasspath\S*/, otherCode)],
  [/^(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/, options(/-D(javax\.net\.ssl|jdk\.tls|https?\.proxy)\S*/, otherTrust)],
  [/^(\w+_)?(DRY_?RUN|NO_?OP|READ_?ONLY)$/i, ended(unknown("It does from then on what it only said it would do."))],
  [/^RUBYOPT$/, options(/-r\s*\S*/, otherCode)],
];

/** What another value of a variable means; undefined of one that only the program knows. */
export function otherVariable(name: string, before: unknown, after: unknown): Meaning | undefined {
  const [was, is] = [before, after].map((value) => (value === undefined ? undefined : String(value))) as [Value, Value];
  if (was === is) return undefined;
  // It comes or goes with what the program uses.
  if ([before, after].every((value) => value === undefined || isUnknown(value)) && [before, after].includes(undefined)) return undefined;
  const applying = judges.filter(([pattern]) => pattern.test(name));
  for (const [, judge] of applying) {
    const told = judge(was, is);
    if (told) return { ...told, text: `${name}: ${told.text}` };
  }
  if (isUnknown(before) && is !== undefined && !isUnknown(after))
    return unknown(
      `${name} said what a resource of the stack says of itself, and is now a text that somebody wrote: where that leads can't be told here.`,
    );
  return undefined;
}
