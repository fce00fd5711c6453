import { ask, readLoadBalancers, type Answer, type Request } from "../src";
import { environment, forwardTo, notFound, route, rule, shifted, toHttps, weighted, loadBalancer, service } from "./requests";
import { planOf } from "../testing/plans";

type Asked = Partial<Request>;

/** What an environment with these rules answers. */
const answer = (rules: ReturnType<typeof rule>[], asked: Asked = {}) => {
  const [shop] = readLoadBalancers(environment(...rules));
  return ask(shop!, { port: 80, host: "shop.example.com", path: "/", ...asked });
};
const goesToApi = (conditions: unknown[], asked: Asked) =>
  answer([rule("api", { priority: 1, conditions, actions: forwardTo("api") })], asked).kind === "forward";
const header = (httpHeaderName: string, ...values: string[]) => ({ httpHeader: { httpHeaderName, values } });

describe("a condition", () => {
  test.each([
    ["a host in any case", { hostHeader: { values: ["*.Example.com"] } }, { host: "API.example.COM" }, true],
    ["a host without its port", { hostHeader: { values: ["*.example.com"] } }, { host: "api.example.com:8080" }, true],
    ["no host without the part before the dot", { hostHeader: { values: ["*.example.com"] } }, { host: "example.com" }, false],
    ["a path with the case that it has", { pathPattern: { values: ["/Img/*"] } }, { path: "/img/a.png" }, false],
    ["a path over several parts", { pathPattern: { values: ["/img/*.png"] } }, { path: "/img/a/b.png" }, true],
    ["a path by one character", { pathPattern: { values: ["/v?/x"] } }, { path: "/v/x" }, false],
    ["one of several values", { pathPattern: { values: ["/a", "/b"] } }, { path: "/b" }, true],
    ["a header in any case, by any of its values", header("X-Tenant", "A*"), { headers: { "x-tenant": ["b", "abc"] } }, true],
    ["no header that is not there", header("X-Tenant", "*"), {}, false],
    ["a method as it is written", { httpRequestMethod: { values: ["GET"] } }, { method: "get" }, false],
    ["a pair of a query, in any case", { queryStrings: [{ key: "V", value: "2*" }] }, { query: [{ key: "v", value: "21" }] }, true],
    ["a value of any key", { queryStrings: [{ value: "on" }] }, { query: [{ key: "w", value: "ON" }] }, true],
    ["no value of another key", { queryStrings: [{ key: "v", value: "2" }] }, { query: [{ key: "w", value: "2" }] }, false],
    ["an address in a range", { sourceIp: { values: ["2001:db8::/32"] } }, { sourceIp: "2001:db8:1::7" }, true],
    ["no address beside it", { sourceIp: { values: ["10.0.0.0/9"] } }, { sourceIp: "10.128.0.0" }, false],
  ] as [string, object, Asked, boolean][])("takes %s", (_, condition, asked, expected) => {
    expect(goesToApi([condition], asked)).toBe(expected);
  });

  test("must hold with all others of its rule", () => {
    const both = [{ pathPattern: { values: ["/a"] } }, header("x", "y")];
    expect(goesToApi(both, { path: "/a" })).toBe(false);
    expect(goesToApi(both, { path: "/a", headers: { X: "y" } })).toBe(true);
  });

  test.each([
    ["a regular expression", { pathPattern: { regexValues: ["^/a"] } }],
    ["a value that AWS finds too long", { pathPattern: { values: [`/${"a".repeat(128)}`] } }],
    ["a kind that nobody knows here", { sourcePort: { values: ["1"] } }],
    ["two kinds in one", { pathPattern: { values: ["/"] }, hostHeader: { values: ["*"] } }],
  ])("leaves open who answers where it is %s, unless all would do the same", (_, condition) => {
    const api = rule("api", { priority: 1, conditions: [condition], actions: forwardTo("api") });
    expect(answer([api, route("/*", "web", 2)]).kind).toBe("unknown");
    expect(answer([api, route("/*", "api", 2)])).toMatchObject({ kind: "forward", targets: [{ name: "api" }] });
  });
});

describe("actions", () => {
  const all = (actions: unknown) => answer([rule("all", { path: ["/*"], priority: 1, actions })]);

  test("the last one answers, whoever signs in before", () => {
    const [forward] = forwardTo("api");
    expect(
      all([
        { ...forward, order: 2 },
        { type: "authenticate-oidc", order: 1 },
      ]),
    ).toMatchObject({ kind: "forward" });
    expect(all([{ type: "authenticate-cognito" }, forward])).toMatchObject({ kind: "forward", targets: [{ name: "api", share: 1 }] });
  });

  test("by weight, and 0 is nothing", () => {
    expect(all(weighted({ api: 3, web: 1, admin: 0 }))).toMatchObject({
      targets: [
        { name: "api", share: 0.75 },
        { name: "web", share: 0.25 },
      ],
    });
    expect(all(weighted({ api: 0, web: 0 })).kind).toBe("unknown");
    expect(all(weighted({ api: 0 })).kind).toBe("unknown");
    expect(all(shifted("api", [0, 100]))).toMatchObject({ targets: [{ name: "api" }] });
  });

  test("of two target groups of one service, each with its part", () => {
    const { targets } = all(shifted("api", [90, 10])) as Extract<Answer, { kind: "forward" }>;
    expect(targets.map(({ name, targetGroup, share }) => [name, targetGroup!.split("::").at(-1), share])).toEqual([
      ["api", "api", 0.9],
      ["api", "api-green", 0.1],
    ]);
  });

  test("a response with its text", () => {
    const fixedResponse = { statusCode: "503", contentType: "text/plain", messageBody: "Back soon." };
    expect(all([{ type: "fixed-response", fixedResponse }])).toMatchObject({ kind: "fixedResponse", ...fixedResponse, statusCode: 503 });
  });

  test("a redirect fills in what the request was", () => {
    const redirect = {
      host: "www.#{host}",
      path: "/old/#{path}",
      query: "#{query}&from=shop",
      port: "443",
      protocol: "HTTPS",
      statusCode: "HTTP_302",
    };
    const rules = [rule("all", { path: ["/*"], priority: 1, actions: [{ type: "redirect", redirect }] })];
    expect(answer(rules, { path: "/a/b", query: [{ key: "v", value: "2" }] })).toMatchObject({
      kind: "redirect",
      statusCode: "302",
      location: "https://www.shop.example.com:443/old/a/b?v=2&from=shop",
    });
  });
});

test("two rules of one priority, which AWS refuses, leave it open", () => {
  expect(answer([route("/a*", "api", 1), route("/*", "web", 1)], { path: "/a" }).kind).toBe("unknown");
  expect(answer([route("/a*", "api", 1), route("/*", "web", 1)], { path: "/b" })).toMatchObject({ targets: [{ name: "web" }] });
});

test("each port has its own rules, and a port without a listener refuses", () => {
  const plan = planOf(...loadBalancer({ 80: toHttps, 443: notFound }), ...service("api"), route("/*", "api", 1, "shop-443"));
  const [shop] = readLoadBalancers(plan);
  const at = (port: number) => ask(shop!, { port, host: "a.example.com", path: "/x" });
  expect([at(80).kind, at(443).kind, at(8080).kind]).toEqual(["redirect", "forward", "refused"]);
});
