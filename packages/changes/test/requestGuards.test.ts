import { forwardTo, loadBalancer, notFound, only, route, rule, service, texts } from "./requests";
import { planOf, resource } from "../testing/plans";
import { requestChanges } from "../src";

const signIn = (more: object = {}) => ({
  type: "authenticate-oidc",
  order: 1,
  authenticateOidc: { issuer: "https://id.example.com", clientId: "shop", ...more },
});
const token = {
  type: "jwt-validation",
  order: 1,
  jwtValidation: { issuer: "https://id.example.com", jwksEndpoint: "https://id.example.com/keys" },
};
const admin = (guards: object[], conditions: unknown[] = []) =>
  rule("admin", { path: ["/admin/*"], priority: 10, conditions, actions: [...guards, { ...forwardTo("admin")[0], order: 2 }] });
const shop = (...rules: ReturnType<typeof rule>[]) =>
  planOf(...loadBalancer(), ...["admin", "web", "api"].flatMap((name) => service(name)), ...rules);
const web = route("/*", "web", 100);
const effects = (...plans: [ReturnType<typeof shop>, ReturnType<typeof shop>]) =>
  requestChanges(...plans).map(({ effect, text }) => `${effect} ${text}`);

describe("a guard among the actions", () => {
  test.each([
    ["goes", [signIn()], [], ["unguarded /admin/*: admin after a sign-in by OpenID Connect → admin"]],
    [
      "lets pass who doesn't sign in",
      [signIn()],
      [signIn({ onUnauthenticatedRequest: "allow" })],
      ["unguarded /admin/*: admin after a sign-in by OpenID Connect → admin"],
    ],
    [
      "of two goes",
      [signIn(), token],
      [signIn()],
      ["unguarded /admin/*: admin after a sign-in by OpenID Connect and a token → admin after a sign-in by OpenID Connect"],
    ],
    ["comes", [], [token], ["guarded /admin/*: admin → admin after a token"]],
    [
      "asks for something else",
      [signIn()],
      [signIn({ issuer: "https://other.example.com" })],
      ["guarded /admin/*: admin after a sign-in by OpenID Connect → admin after a sign-in by OpenID Connect"],
    ],
    ["stays", [signIn()], [signIn()], []],
  ] as [string, object[], object[], string[]][])("that %s", (_, before, after, expected) => {
    expect(effects(shop(admin(before), web), shop(admin(after), web))).toEqual(expected);
  });

  test("goes with its rule, where the same service answers by another one", () => {
    const behind = rule("admin", { path: ["/admin/*"], priority: 10, actions: [signIn(), { ...forwardTo("web")[0], order: 2 }] });
    expect(only(shop(behind, web), shop(web))).toMatchObject({ effect: "unguarded" });
  });

  test("of a listener's default action goes", () => {
    const of = (guards: object[]) => planOf(...loadBalancer({ 443: [...guards, { ...forwardTo("web")[0], order: 2 }] }), ...service("web"));
    expect(only(of([signIn()]), of([]))).toMatchObject({ effect: "unguarded" });
  });
});

describe("a guard among the conditions", () => {
  const office = { sourceIp: { values: ["203.0.113.0/24"] } };
  const secret = { httpHeader: { httpHeaderName: "x-origin-verify", values: ["s3cr3t"] } };
  test.each([
    ["an address over a wider route", [admin([], [office]), web], [admin([]), web], ["unguarded"]],
    ["an address over nobody", [admin([], [office])], [admin([])], ["unguarded"]],
    [
      "an address that is everybody's",
      [admin([], [office])],
      [admin([], [{ sourceIp: { values: ["0.0.0.0/1", "128.0.0.0/1"] } }])],
      ["unguarded"],
    ],
    ["a header", [admin([], [secret])], [admin([])], ["unguarded"]],
    [
      "another office",
      [admin([], [office]), web],
      [admin([], [{ sourceIp: { values: ["203.0.113.0/24", "198.51.100.0/24"] } }]), web],
      ["guarded"],
    ],
    ["a new one", [admin([]), web], [admin([], [office]), web], ["guarded"]],
  ] as [string, ReturnType<typeof rule>[], ReturnType<typeof rule>[], string[]][])("%s", (_, before, after, expected) => {
    expect([...new Set(requestChanges(shop(...before), shop(...after)).map(({ effect }) => effect))]).toEqual(expected);
  });

  test("is none where a header chooses between two services of one route", () => {
    const canary = rule("canary", {
      path: ["/api/*"],
      priority: 5,
      conditions: [{ httpHeader: { httpHeaderName: "x-canary", values: ["1"] } }],
      actions: forwardTo("api"),
    });
    const stable = route("/api/*", "web", 10);
    expect(effects(shop(canary, stable), shop(canary, route("/api/*", "api", 10)))).toEqual(["moved /api/*: web → api"]);
  });
});

describe("a rule that refuses", () => {
  const refused = (statusCode: string, path = "/metrics") =>
    rule("refused", {
      path: [path],
      priority: 1,
      actions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode } }],
    });
  test.each([
    ["goes", [refused("403"), web], [web], ["unguarded"]],
    ["says not found, and goes", [refused("404"), web], [web], ["unguarded"]],
    [
      "is for all, before a new route",
      [refused("403", "/*")],
      [refused("403", "/*"), rule("api", { path: ["/api/*"], priority: 0, actions: forwardTo("api") })],
      ["answered"],
    ],
    ["said that it was being worked on", [refused("503"), web], [web], ["answered"]],
  ] as [string, ReturnType<typeof rule>[], ReturnType<typeof rule>[], string[]][])("and %s", (_, before, after, expected) => {
    expect(requestChanges(shop(...before), shop(...after)).map(({ effect }) => effect)).toEqual(expected);
  });
});

test("a redirect to another host moves requests, one to the same does not", () => {
  const to = (redirect: object) =>
    rule("login", { path: ["/login"], priority: 1, actions: [{ type: "redirect", redirect: { statusCode: "HTTP_302", ...redirect } }] });
  expect(effects(shop(web), shop(to({ host: "elsewhere.example" }), web))).toEqual(["moved /login: web → a redirect to elsewhere.example"]);
  expect(effects(shop(web), shop(to({ path: "/signin" }), web)).map((text) => text.split(" ")[0])).toEqual(["redirected"]);
});

describe("a distribution", () => {
  const of = (behavior: object, more: object = {}) =>
    planOf(
      resource("aws:cloudfront/distribution:Distribution", "downloads", {
        ...{ aliases: ["downloads.example.com"], enabled: true, origins: [{ originId: "files", domainName: "files.example.com" }] },
        ...{ defaultCacheBehavior: { targetOriginId: "files", ...behavior }, ...more },
      }),
    );
  test.each([
    ["signed addresses", { trustedKeyGroups: ["group"] }, {}, {}, {}, "unguarded"],
    ["clients' certificates", {}, { viewerMtlsConfig: { mode: "required" } }, {}, { viewerMtlsConfig: { mode: "optional" } }, "unguarded"],
    ["another key group", { trustedKeyGroups: ["group"] }, {}, { trustedKeyGroups: ["other"] }, {}, "guarded"],
  ] as const)("that asked for %s", (_, was, wasMore, is, isMore, effect) => {
    expect([...new Set(requestChanges(of(was, wasMore), of(is, isMore)).map((each) => each.effect))]).toEqual([effect]);
  });
});

test("nothing is told where nobody answers", () => {
  expect(texts(planOf(...loadBalancer({ 80: notFound })), planOf(...loadBalancer({ 80: notFound })))).toEqual([]);
});
