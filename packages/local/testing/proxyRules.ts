import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { RawAction, RawCondition } from "@fairlead/changes/testing/naiveAlb";
import type { Random } from "@fairlead/model/testing/random";
import type { Plan } from "@fairlead/plan";

const groups = ["api", "web", "admin", "shop", "shop-green"];
const hosts = ["example.com", "*.example.com", "A.example.com", "a.example.*", "?.example.com", "b-c.example.com", "*"];
const paths = [
  ...[
    "/*",
    "/a",
    "/a/*",
    "/a*",
    "/A/*",
    "/a/b/*",
    "/a/?",
    "*.png",
    "/a/*.png",
    "/*/b",
    "/??",
    "*b*",
    "/a.b/*",
    "/a+b*",
    "/~a/*",
    "/$a/*",
    "/a'b*",
  ],
  ...['/"a"/*', "/@a:b/*", "/a&b", "/(a|b)/*", "/[ab]", "/a{2}", "/^a$", "/a\\b", "/%7Ea/*", "/a;b=c"],
];
const headers = ["X-Tenant", "x-tenant", "Accept-Language", "X-A1"];
const headerValues = ["a*", "AB", "?", "*", "a.c", "a|b", 'it\'s "quoted" $HOME \\ # % {} é', "text/html*"];
const methods = ["POST", "PUT", "PURGE", "GET"];
const queries = [
  { key: "v", value: "2" },
  { value: "beta*" },
  { key: "v*", value: "?" },
  { key: "a.b", value: "c+d" },
  { key: "flag", value: "*" },
];
const ranges = ["127.0.0.0/16", "127.1.0.0/16", "127.2.9.0/24", "127.0.0.1/32", "10.0.0.0/8"];
const bodies = ["", "No service has this path.", "a \"quote\", a \\ and a $HOME, # %[src] %% {} 'x'\nnew\tline é", "}\n  bind *:1\n"];

/** A plan with two listeners and random rules of every kind. */
export function randomProxyPlan(random: Random): Plan {
  const priorities = new Set<number>();
  while (priorities.size < 2 + random.integer(8)) priorities.add(1 + random.integer(60));
  return planOf(
    resource("aws:lb/loadBalancer:LoadBalancer", "shop", { idleTimeout: 30, dropInvalidHeaderFields: random.chance(0.5) }),
    ...[80, 8443].map((port) =>
      resource("aws:lb/listener:Listener", `shop-${port}`, {
        loadBalancerArn: output("aws:lb/loadBalancer:LoadBalancer", "shop", "arn"),
        port,
        protocol: port === 80 ? "HTTP" : "HTTPS",
        defaultActions: [port === 80 ? randomAction(random) : fixed("404", "text/plain", "No service has this path.")],
      }),
    ),
    ...groups.map((name) => resource("aws:lb/targetGroup:TargetGroup", name, { protocol: "HTTP", healthCheck: { path: "/health" } })),
    ...[...priorities].map((priority, index) =>
      resource("aws:lb/listenerRule:ListenerRule", `rule ${index}`, {
        listenerArn: output("aws:lb/listener:Listener", `shop-${random.pick([80, 8443])}`, "arn"),
        priority,
        conditions: randomConditions(random),
        actions: [...(random.chance(0.05) ? [{ type: "authenticate-oidc", authenticateOidc: { issuer: "x" } }] : []), randomAction(random)],
      }),
    ),
  );
}

function randomConditions(random: Random): RawCondition[] {
  const some = <T>(from: readonly T[]) => [...new Set(Array.from({ length: 1 + random.integer(3) }, () => random.pick(from)))];
  const possible: RawCondition[] = [
    { pathPattern: { values: some(paths) } },
    { pathPattern: { values: some(paths) } },
    { hostHeader: { values: some(hosts) } },
    { httpHeader: { httpHeaderName: random.pick(headers), values: some(headerValues) } },
    { httpRequestMethod: { values: some(methods) } },
    { queryStrings: some(queries) },
    { sourceIp: { values: some(ranges) } },
  ];
  return some(possible);
}

function randomAction(random: Random): RawAction {
  const kind = random.integer(6);
  if (kind === 0)
    return fixed(
      random.pick(["200", "403", "404", "503"]),
      random.pick(["text/plain", "text/html", "application/json"]),
      random.pick(bodies),
    );
  if (kind === 1) return { type: "redirect", redirect: randomRedirect(random) };
  const arn = (name: string) => output("aws:lb/targetGroup:TargetGroup", name, "arn");
  if (kind > 2) return { type: "forward", targetGroupArn: arn(random.pick(groups)) };
  const weights = random.pick([
    [1, 0],
    [0, 100],
    [50, 50],
    [3, 1],
  ]);
  return {
    type: "forward",
    forward: { targetGroups: ["shop", "shop-green"].map((name, index) => ({ arn: arn(name), weight: weights[index] })) },
  };
}

function fixed(statusCode: string, contentType: string, messageBody: string): RawAction {
  return { type: "fixed-response", fixedResponse: { statusCode, contentType, messageBody } };
}

function randomRedirect(random: Random): NonNullable<RawAction["redirect"]> {
  return random.pick([
    { statusCode: "HTTP_301", protocol: "HTTPS", port: "8443" },
    { statusCode: "HTTP_302", path: "/new/#{path}" },
    { statusCode: "HTTP_302", host: "www.#{host}", query: "from=#{host}&#{query}" },
    { statusCode: "HTTP_301", protocol: "HTTPS", host: "elsewhere.example", port: "443", path: "/100%/$a/#{path}", query: "" },
    { statusCode: "HTTP_302", host: "other.example", path: '/"it\'s"', query: "a=%[src]&b=#{port}&c=#{protocol}" },
  ]);
}
