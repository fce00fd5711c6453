import type { Rule } from "@fairlead/changes";

import { testOf } from "./conditions";
import { Names } from "./configurationSyntax";
import type { Target } from "./listeners";
import { forwardedHeaders } from "./requestHeaders";
import type { Surroundings } from "./redirects";
import { drawNumber, outcomeDirectives } from "./ruleOutcomes";

/** A line for each request: `GET /orders 200 in 12 ms by api (rule dev-api)`. Without its query, in which secrets may be. */
const requestFormat = '"%HM %HP %ST in %Ta ms by %b (rule %[var(txn.rule)])"';
const connectionFormat = '"TCP %fp %B bytes in %Tt ms by %b"';

/** What the default action is called among the rules. */
const defaultRule = "default";

/** A `frontend` of HAProxy for a listener: the first rule that fits decides, and what each does comes after. */
export function listenerSection(surroundings: Surroundings, backendOf: (target: Target) => string): string[] {
  const { listener } = surroundings;
  const { mode, localPort, name, idleTimeoutSeconds } = listener;
  const head = [`mode ${mode}`, "log global", `bind *:${localPort}`, `timeout client ${idleTimeoutSeconds}s`];
  const body = mode === "tcp" ? tcpLines(surroundings, backendOf) : httpLines(surroundings, backendOf);
  return [`frontend ${name}`, ...[...head, ...body].map((line) => `  ${line}`)];
}

function tcpLines({ listener: { defaultOutcome } }: Surroundings, backendOf: (target: Target) => string): string[] {
  const [target] = defaultOutcome.kind === "forward" ? defaultOutcome.targets : [];
  return [`log-format ${connectionFormat}`, ...(target ? [`default_backend ${backendOf(target)}`] : ["tcp-request connection reject"])];
}

function httpLines(surroundings: Surroundings, backendOf: (target: Target) => string): string[] {
  const { listener, publishedPort } = surroundings;
  const { rules, defaultOutcome, dropsInvalidHeaderFields, localPort, idleTimeoutSeconds } = listener;
  const names = new Names();
  names.unused(defaultRule);
  const decisions: string[] = [];
  const outcomes = [];
  for (const rule of rules) {
    const tests = rule.conditions.map(testOf);
    const name = names.unused(nameOf(rule));
    if (tests.includes(undefined)) {
      decisions.push(`# No request meets the conditions of the rule ${name} here.`);
      continue;
    }
    decisions.push(["http-request set-var(txn.rule)", `str(${name})`, "if !{ var(txn.rule) -m found }", ...tests].join(" "));
    outcomes.push(outcomeDirectives(rule.outcome, conditionOf(name), backendOf, surroundings));
  }
  decisions.push(`http-request set-var(txn.rule) str(${defaultRule}) if !{ var(txn.rule) -m found }`);
  outcomes.push(outcomeDirectives(defaultOutcome, conditionOf(defaultRule), backendOf, surroundings));
  return [
    `log-format ${requestFormat}`,
    `timeout http-request ${idleTimeoutSeconds}s`,
    `timeout http-keep-alive ${idleTimeoutSeconds}s`,
    ...(dropsInvalidHeaderFields ? ["http-request del-header '[^-A-Za-z0-9]' -m reg"] : []),
    "http-request set-var(txn.host) req.fhdr(host,1),host_only",
    // `shop.example.com.localhost` is this machine to browsers, and `shop.example.com` to the rules.
    "http-request set-var(txn.name) 'var(txn.host),regsub(\\.localhost$,,i)'",
    "http-request set-var(txn.port) req.fhdr(host,1),port_only",
    `http-request set-var(txn.port) int(${publishedPort(localPort)}) if { var(txn.port) -m int 0 }`,
    ...decisions,
    drawNumber,
    ...outcomes.flatMap(({ answers }) => answers),
    ...forwardedHeaders(listener),
    ...outcomes.flatMap(({ backends }) => backends),
  ];
}

const conditionOf = (rule: string) => `if { var(txn.rule) -m str ${rule} }`;

const nameOf = ({ urn }: Rule) => urn.split("::").at(-1)!;
