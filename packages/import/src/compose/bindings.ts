import { bindingVariables, variablePrefix } from "@fairlead/model";

import type { DataService } from "./dataService";
import { plainCache } from "./dataServices";
import { mentionsHost } from "./hostNames";
import type { ServiceTranslation, Variable } from "./serviceTranslation";
import { jdbcUrl } from "./springSettings";

type Part = "host" | "port" | "username" | "password" | "database" | "url";

const endsLikeHost = /(?:^|_)(?:HOST|HOSTNAME|HOSTS|SERVER|ADDR|ADDRESS|ENDPOINT|SERVICE)$/i;
const parts: readonly [part: Part, name: RegExp][] = [
  ["port", /(?:^|_)PORT$|^PGPORT$/i],
  ["username", /(?:^|_)(?:USER|USERNAME|USR)$|^PGUSER$/i],
  ["password", /(?:^|_)(?:PASSWORD|PASS|PASSWD|PWD)$|^PGPASSWORD$/i],
  ["database", /(?:^|_)(?:NAME|DATABASE|DB|DBNAME|DB_NAME|DATABASE_NAME)$|^PGDATABASE$/i],
];
const speaksOfPostgres = /(?:^|_)(?:DB|DATABASE|POSTGRES|POSTGRESQL|PG|PSQL|SQL|RDS|TYPEORM|DATASOURCE)(?:_|$)|^PG/i;
const url = /^(?<scheme>[a-z][\w+.-]*):(?:\/\/)(?:[^/?#]*@)?(?<host>[\w.-]+)(?::\d+)?(?:[/?#]|$)/i;

/** Binds a service to the data that its variables and its order of starts speak of. Variables that are bound are taken out of it. */
export function bind(translation: ServiceTranslation, data: readonly DataService[]): void {
  for (const each of data) {
    const { key, hosts } = each.translation;
    const speaks = translation.variables.some(({ name, value }) => {
      // The name of a container may be that of the application or of the database as well.
      const isOther = value !== undefined && value !== key && hosts.includes(value);
      return value !== undefined && (isOther ? endsLikeHost.test(name) || name === "PGHOST" : mentionsHost(value, hosts));
    });
    if (speaks || translation.dependsOn.has(key)) translation.uses.set(each.name, translation.uses.get(each.name) ?? { as: {} });
  }
  const bound = data.filter(({ name }) => translation.uses.has(name));
  // A host and what belongs to it begin alike: DB_HOST, DB_PORT.
  const prefixes = new Map<string, DataService>();
  for (const { name, value } of translation.variables) {
    const owner = endsLikeHost.test(name) && bound.find((each) => isNamed(each, value));
    if (owner) prefixes.set(name.replace(endsLikeHost, ""), owner);
  }
  translation.variables = translation.variables.filter((variable) => !isBound(translation, variable, bound, prefixes));
}

/** Whether a text is one of the names that the data had as a host. */
function isNamed({ translation }: DataService, text: string | undefined): boolean {
  return text !== undefined && translation.hosts.includes(text);
}

function isBound(
  translation: ServiceTranslation,
  variable: Variable,
  bound: readonly DataService[],
  prefixes: ReadonlyMap<string, DataService>,
): boolean {
  const { name, value } = variable;
  const whole = value === undefined ? undefined : url.exec(value.replace(/^jdbc:/, ""))?.groups;
  const owner = bound.find((each) => isNamed(each, whole?.host));
  if (owner && whole) return connectionUrl(translation, variable, owner, whole.scheme!);
  const withHost = bound.find((each) => isNamed(each, value));
  if (withHost && (endsLikeHost.test(name) || name === "PGHOST")) return part(translation, variable, withHost, "host");
  const mentioned =
    value === undefined ? undefined : bound.find((each) => mentionsHost(value, each.translation.hosts) && !isNamed(each, value));
  if (mentioned && value !== undefined && composedAddress(translation, variable, mentioned, value)) return true;
  if (mentioned) {
    say(
      translation,
      variable,
      mentioned,
      "decide",
      "It holds the address of a database in a form of its own: put it together in the program, of the variables that the binding brings.",
    );
    return true;
  }
  const found = parts.find(([, pattern]) => pattern.test(name));
  if (!found) return false;
  const [which, pattern] = found;
  const prefix = name.replace(pattern, "");
  const postgres = bound.filter(({ image }) => image.kind === "postgres");
  const of = prefixes.get(prefix) ?? (speaksOfPostgres.test(name) && postgres.length === 1 ? postgres[0] : undefined);
  if (!of || !fits(variable, which, of, prefixes.has(prefix))) return false;
  return part(translation, variable, of, which);
}

/** `db:5432`: an address without a login is made of the variables that the binding brings. */
function composedAddress(translation: ServiceTranslation, variable: Variable, data: DataService, value: string): boolean {
  const { image, name, translation: of } = data;
  const host = of.hosts.find((each) => value === `${each}:${image.port}`);
  if (host === undefined || image.kind !== "postgres" || !/^[A-Za-z_]\w*$/.test(variable.name)) return false;
  const prefix = variablePrefix(name);
  // It would be made of itself.
  if ([`${prefix}_HOST`, `${prefix}_PORT`].includes(variable.name)) return false;
  translation.setEntry("composedEnvironment", variable.name, `\${${prefix}_HOST}:\${${prefix}_PORT}`);
  say(translation, variable, data, "changed", "it is made of the host and the port that the binding brings.");
  return true;
}

/** Whether a variable says what the image was told; one that begins as the host's does is of it in any case. */
function fits({ value, raw, unknown }: Variable, which: Part, { image, login }: DataService, isBeside: boolean): boolean {
  if (which === "port") return value === String(image.port) || unknown.length > 0;
  if (which === "host" || which === "url") return false;
  const known = which === "username" ? login.user : which === "password" ? login.password : login.database;
  return isBeside || value === undefined || unknown.length > 0 || known.includes(value) || (raw !== undefined && known.includes(raw));
}

function part(translation: ServiceTranslation, variable: Variable, data: DataService, which: Part): boolean {
  const { image } = data;
  if (image.kind === "cache") {
    if (which !== "host" && which !== "port") {
      say(
        translation,
        variable,
        data,
        "decide",
        `The cache has no login and no number of a database: leave ${variable.name} out of the program.`,
      );
      return true;
    }
    // Who takes a host and a port mostly knows no TLS.
    data.need.declaration = plainCache;
    addName(translation, variable, data, which, undefined);
    say(
      translation,
      variable,
      data,
      "changed",
      "its value comes with the binding. The cache speaks without TLS, as before: a program that can speak it takes transitEncryption: false out of stacks/data.ts.",
      which,
    );
    return true;
  }
  return bindPart(translation, variable, data, which);
}

function bindPart(translation: ServiceTranslation, variable: Variable, data: DataService, which: Part): boolean {
  addName(translation, variable, data, which, `${variablePrefix(data.name)}_${which.toUpperCase()}`);
  say(translation, variable, data, "changed", "its value comes with the binding.", which);
  return true;
}

/** A name of the service's own for a part, unless it has that anyway: one, or a list of them. */
function addName(translation: ServiceTranslation, { name }: Variable, data: DataService, which: Part, usual: string | undefined): void {
  const { as } = translation.uses.get(data.name)!;
  const names = [as[which] ?? []].flat();
  if (name === usual || names.includes(name)) return;
  as[which] = names.length === 0 ? name : [...names, name];
}

/** Schemes that say no more than the database's own. */
const plainSchemes = new Set(["postgres", "postgresql", "postgresql+psycopg2", "postgis", "redis", "rediss", "valkey"]);

function connectionUrl(translation: ServiceTranslation, variable: Variable, data: DataService, scheme: string): boolean {
  const { name, value = "" } = variable;
  const isJdbc = value.startsWith("jdbc:");
  const prefix = variablePrefix(data.name);
  if (isJdbc && data.image.kind === "postgres" && /^(?:SPRING|QUARKUS)_/.test(name)) {
    translation.setEntry("environment", name, jdbcUrl(data.name));
    say(
      translation,
      variable,
      data,
      "changed",
      `${name.split("_")[0] === "SPRING" ? "Spring" : "Quarkus"} fills in what the binding brings.`,
    );
    return true;
  }
  if (isJdbc || !plainSchemes.has(scheme.toLowerCase())) {
    say(
      translation,
      variable,
      data,
      "decide",
      `It is a URL of ${isJdbc ? "JDBC" : `${scheme}://`}, which a binding does not bring: put it together in the program, of ${prefix}_HOST, ${prefix}_PORT, ${prefix}_DATABASE, ${prefix}_USERNAME and ${prefix}_PASSWORD.`,
    );
    return true;
  }
  const usual = data.image.kind === "cache" ? bindingVariables("cache", data.name).environment.URL : undefined;
  addName(translation, variable, data, "url", usual);
  const number = /\/(\d+)(?:\?|$)/.exec(value)?.[1];
  say(
    translation,
    variable,
    data,
    "changed",
    data.image.kind === "cache"
      ? `the URL comes with the binding: rediss:// (TLS), or redis:// where stacks/data.ts has transitEncryption: false.${number && number !== "0" ? ` It names no number of a database (${number} before): whatever shares the cache shares its keys.` : ""}`
      : "the URL comes with the binding, with a password of the service's own and sslmode=require.",
    usual === name ? undefined : "url",
  );
  return true;
}

function say(
  translation: ServiceTranslation,
  { name, field, isFromFile }: Variable,
  data: DataService,
  outcome: "changed" | "decide",
  text: string,
  part?: string,
): void {
  const finding = {
    outcome,
    to: part ? `uses[${data.name}].as.${part}` : `uses[${data.name}]`,
    text: isFromFile ? `${name} of it: ${text}` : text,
  };
  field.claim(finding);
}
