import type { Random } from "@fairlead/model/testing/random";
import type { Plan, PlanResource } from "@fairlead/plan";

import { expression, type NaiveRequest } from "../testing/naiveAlb";
import { planOf } from "../testing/plans";
import { forwardTo, loadBalancer, notFound, rule, service, toHttps } from "./requests";

const names = ["api", "web", "admin", "shop"];
const services = names.flatMap((name) => service(name, { cpu: name.length, owner: name }));
const paths = ["/*", "/a", "/a/*", "/a*", "/A/*", "/a/b/*", "/a/?", "*.png", "/a/*.png", "/*/b", "/b/*", "/??", "*b*"];
const hosts = ["example.com", "*.example.com", "A.example.com", "a.example.*", "?.example.com", "b.example.com"];
const conditions = [
  { httpHeader: { httpHeaderName: "X-Tenant", values: ["a*"] } },
  { httpHeader: { httpHeaderName: "x-tenant", values: ["AB", "c"] } },
  { httpRequestMethod: { values: ["POST", "PUT"] } },
  { queryStrings: [{ key: "v", value: "2" }, { value: "beta*" }] },
  { sourceIp: { values: ["10.0.0.0/8", "192.168.1.0/24"] } },
  { sourceIp: { values: ["10.1.0.0/16"] } },
];

/** Parts of a rule that stay the same while others change. */
export interface RuleSeed {
  name: string;
  priority: number;
  host?: string[];
  path?: string[];
  conditions: unknown[];
  to: string;
  port: number;
}

export interface RuleSet {
  rules: RuleSeed[];
  catchAll: string | undefined;
  redirects: boolean;
}

const some = <T>(random: Random, from: readonly T[], most: number) => [
  ...new Set(Array.from({ length: 1 + random.integer(most) }, () => random.pick(from))),
];

/** @param special how often a rule asks for more than a host and a path */
export function randomRules(random: Random, special: number): RuleSet {
  const priorities = new Set<number>();
  while (priorities.size < 1 + random.integer(6)) priorities.add(1 + random.integer(60));
  return {
    rules: [...priorities].map((priority, index) => randomRule(random, special, `rule-${index}`, priority)),
    catchAll: random.chance(0.3) ? random.pick(names) : undefined,
    redirects: random.chance(0.3),
  };
}

function randomRule(random: Random, special: number, name: string, priority: number): RuleSeed {
  const host = random.chance(0.4) ? some(random, hosts, 2) : undefined;
  const path = random.chance(0.8) || !host ? some(random, paths, 3) : undefined;
  return {
    name,
    priority,
    host,
    path,
    conditions: random.chance(special) ? [random.pick(conditions)] : [],
    to: random.pick(names),
    port: 80,
  };
}

/** One thing that a pull request does to rules: one goes, comes, is another's, or has another place. */
export function changed(random: Random, set: RuleSet, special: number): RuleSet {
  const rules = [...set.rules];
  const index = random.integer(rules.length);
  const taken = new Set(rules.map(({ priority }) => priority));
  const free = Array.from({ length: 80 }, (_, each) => each + 1).filter((each) => !taken.has(each));
  const kind = rules.length === 0 ? 1 : random.integer(5);
  if (kind === 0) rules.splice(index, 1);
  else if (kind === 1) rules.push(randomRule(random, special, "rule-new", random.pick(free)));
  else if (kind === 2) rules[index] = { ...rules[index]!, to: random.pick(names) };
  else if (kind === 3) rules[index] = { ...rules[index]!, priority: random.pick(free) };
  else return { ...set, catchAll: random.chance(0.5) ? random.pick(names) : undefined };
  return { ...set, rules };
}

export function planOfRules({ rules, catchAll, redirects }: RuleSet): Plan {
  const main = catchAll === undefined ? notFound : forwardTo(catchAll);
  const port = redirects ? 443 : 80;
  return planOf(
    ...loadBalancer(redirects ? { 80: toHttps, 443: main } : { 80: main }),
    ...services,
    ...rules.map((each) => ruleOf(each, port)),
  );
}

function ruleOf({ name, to, port: _, ...parts }: RuleSeed, port: number): PlanResource {
  return rule(name, { ...parts, actions: forwardTo(to), listener: `shop-${port}` });
}

/** A request that is near to what rules ask for. */
export function randomRequest(random: Random): NaiveRequest {
  const filled = (pattern: string) =>
    pattern.replace(/\*/g, () => random.pick(["", "b", "x/y", "a/b"])).replace(/\?/g, () => random.pick(["a", "b", "x"]));
  const path = filled(random.pick([...paths, "/x", "/a/b/c.png", "/"]));
  const octet = (...given: number[]) => random.pick(given);
  return {
    port: random.pick([80, 80, 443]),
    host: filled(random.pick([...hosts, "other.test"])).replace(/\//g, "."),
    path: path.startsWith("/") ? path : `/${path}`,
    method: random.pick(["GET", "GET", "POST", "PUT", "post"]),
    headers: random.chance(0.4) ? [[random.pick(["x-tenant", "X-TENANT"]), random.pick(["a", "ab", "AB", "c", "zz"])]] : [],
    query: random.chance(0.4) ? [[random.pick(["v", "V", "w"]), random.pick(["2", "3", "beta1", "BETA"])]] : [],
    address: [octet(10, 192, 8), octet(1, 168, 2), octet(1, 9), octet(1, 255)],
  };
}

/** Whether a request is one of those that a change tells of, by its words. */
export function isToldBy(requests: string, { host, path }: Pick<NaiveRequest, "host" | "path">): boolean {
  const [pattern = ""] = requests.replace(" on port 80", "").split(/ (?:with|by|from) /);
  if (pattern === "everything else") return true;
  const slash = hostEnd(pattern);
  const [ofHost, ofPath] = [pattern.slice(0, slash), pattern.slice(slash)];
  const all = (text: string) => text.split(" that is ").map((each) => each.replace(/ too$/, ""));
  return (
    (ofHost === "" || all(ofHost).every((each) => expression(each, "i").test(host))) &&
    all(ofPath).every((each) => expression(each, "").test(path))
  );
}

/** Where the path begins after a host. */
function hostEnd(pattern: string): number {
  const host = hosts.flatMap((one) => hosts.map((other) => `${one} that is ${other} too`)).concat(hosts);
  return Math.max(0, ...host.filter((each) => pattern.startsWith(each)).map((each) => each.length));
}
