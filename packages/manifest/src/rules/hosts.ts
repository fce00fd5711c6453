import { calleeVariable, firstFew, variablePrefix, withoutLogins } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import type { EnvironmentOffers } from "../spec";
import type { Rule, RuleContext } from "./rule";

const bareName = "[A-Za-z][A-Za-z0-9_-]*";
/** What ends with the last @ before the path is a login, `admin:` no host with its port. */
const inUrl = new RegExp(`^[a-z][a-z0-9+.-]*://(?:[^/?#]*@)?(?![^/?#]*@)(?<host>${bareName})(?=[:/?#]|$)`, "i");
const withPort = new RegExp(`^(?<host>${bareName}):\\d{2,5}$`);
const alone = new RegExp(`^(?<host>${bareName})$`);
const namesHost = /(^|_)(HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|BROKER)S?$/i;
/** What answers without a name, and switches, which a variable such as LISTEN_ADDRESS may have. */
const local = new Set(["localhost", "true", "false", "yes", "no", "on", "off", "all", "any", "none"]);

/**
 * Host names that only Docker Compose knows: on Fargate nothing answers to `db`, and a task finds out at its first connection
 * ("getaddrinfo … Name or service not known").
 */
export const bareHosts: Rule = (context) => {
  const own = variablesWithBareHosts(context.spec.environment, ["environment"], context);
  const sidecars = Object.entries(context.spec.sidecars).flatMap(([name, { environment = {} }]) =>
    variablesWithBareHosts(environment, ["sidecars", name, "environment"], context),
  );
  return [...own, ...sidecars];
};

function variablesWithBareHosts(environment: Record<string, string>, path: string[], context: RuleContext): Diagnostic[] {
  const { calls } = context.spec;
  // Service Connect gives a task the plain names of the services that it calls.
  const provided = new Set(context.offers.serviceConnect ? calls : []);
  return Object.entries(environment).flatMap(([variable, value]) => {
    const host = bareHost(variable, value);
    return host && !provided.has(host) ? [diagnose(host, variable, value, path, context)] : [];
  });
}

/** The host in a variable's value that nothing but Compose resolves; undefined where there is none. */
export function bareHost(variable: string, value: string): string | undefined {
  const match = inUrl.exec(value) ?? withPort.exec(value) ?? (namesHost.test(variable) ? alone.exec(value) : null);
  const host = match?.groups?.host;
  return host && !local.has(host.toLowerCase()) ? host : undefined;
}

function diagnose(host: string, variable: string, value: string, path: string[], { locate, offers, services }: RuleContext): Diagnostic {
  return {
    code: "FL1015",
    ...locate([...path, variable]),
    problem: `${[...path, variable].join(".")} is ${JSON.stringify(withoutLogins(value))}, and nothing provides the host "${host}"`,
    expected: "a full domain name, or no variable: what a service calls or uses gives it one",
    consequence: 'The task would start and fail with "getaddrinfo: Name or service not known".',
    fix: fixFor(host, offers, services),
  };
}

/** What people call things in Compose files. */
const usualKinds: [name: RegExp, kind: string][] = [
  [/^(db|database|postgres|postgresql|pg)$/i, "postgres"],
  [/^(cache|redis|valkey)$/i, "cache"],
  [/^(queue|sqs)$/i, "queue"],
];

function fixFor(host: string, offers: EnvironmentOffers, services: ReadonlySet<string>): string {
  const data = offers.data ?? {};
  if (services.has(host)) return `Write "calls: [${host}]" and read ${calleeVariable(host)}.`;
  if (host in data) return `Write "uses: [{ name: ${host} }]" and read the variables that it gives, ${variablePrefix(host)}_….`;
  const kind = usualKinds.find(([name]) => name.test(host))?.[1];
  const sameKind = Object.keys(data).filter((name) => data[name] === kind);
  if (sameKind.length > 0) return `Bind the environment's ${kind}: "uses: [{ name: ${sameKind[0]} }]" gives its host as a variable.`;
  const bindable = Object.keys(data);
  const others = [...services];
  return [
    "Bind what it is:",
    `calls: for a service (${firstFew(others, 5) || "there is no other"}),`,
    `uses: for data (${bindable.length > 0 ? bindable.join(", ") : "the environment declares none yet"}).`,
  ].join(" ");
}
