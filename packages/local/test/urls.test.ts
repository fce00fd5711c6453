import type { Condition, Outcome } from "@fairlead/changes";

import type { LocalListener } from "../src/proxy/listeners";
import { addressesIn, urlsIn } from "../src/proxy/urls";
import { LocalValues } from "../src/values/resolve";

const to = (name: string) => ({ kind: "forward", targets: [{ kind: "service", name, targetGroup: name }] }) as unknown as Outcome;
const listener = (localPort: number, given: object): LocalListener =>
  ({
    localPort,
    mode: "http",
    rules: [],
    defaultOutcome: { kind: "fixedResponse", statusCode: 404 },
    ...given,
  }) as unknown as LocalListener;
const urlBy = (...conditions: Condition[]) =>
  urlsIn([listener(80, { rules: [{ conditions, outcome: to("api"), isTest: false }] })], { 80: 8080 })("api");
const host = (...values: string[]): Condition => ({ field: "host-header", values }) as unknown as Condition;
const path = (...values: string[]): Condition => ({ field: "path-pattern", values }) as unknown as Condition;

test.each([
  ["a path", [path("/api/*")], "http://localhost:8080/api/"],
  ["any path", [path("*.png")], "http://localhost:8080/"],
  ["a host", [host("shop.example.com")], "http://shop.example.com.localhost:8080/"],
  ["a host among others", [host("*.example.com", "shop.example.com"), path("/a", "/b")], "http://shop.example.com.localhost:8080/a"],
  ["hosts of a domain", [host("*.example.com")], "http://x.example.com.localhost:8080/"],
])("the address of %s can be opened", (_, conditions, expected) => {
  expect(urlBy(...conditions)).toBe(expected);
});

test("who gets what no rule takes has an address too", () => {
  const rules = [{ conditions: [path("/api/*")], outcome: to("api"), isTest: false }];
  const of = urlsIn([listener(80, { rules, defaultOutcome: to("web") }), listener(81, { defaultOutcome: to("api") })], {
    80: 8080,
    81: 8081,
  });
  expect([of("web"), of("api"), of("worker")]).toEqual(["http://localhost:8080/", "http://localhost:8080/api/", undefined]);
});

test("what speaks TCP has a port", () => {
  expect(urlsIn([listener(5432, { mode: "tcp", defaultOutcome: to("db") })], { 5432: 8080 })("db")).toBe("tcp://localhost:8080");
  expect(urlsIn([listener(5432, { mode: "tcp", defaultOutcome: to("db") })], {})("db")).toBeUndefined();
});

test("what a plan calls a load balancer is this machine with its port, where a browser asks", () => {
  const listeners = [
    listener(80, { loadBalancerKey: "urn:web", port: 443 }),
    listener(81, { loadBalancerKey: "urn:web", port: 8443 }),
    listener(9000, { loadBalancerKey: "urn:tcp", port: 9000, mode: "tcp" }),
    listener(9001, { loadBalancerKey: "urn:tcp", port: 9001, mode: "tcp" }),
  ];
  const values = new LocalValues([], {}, addressesIn(listeners, { 80: 8080, 81: 8081, 9000: 9100 }));
  const text = "https://${urn:web#dnsName}/a ${urn:web#dnsName} http://${urn:tcp#dnsName}:9000";
  expect(values.text(text, "")).toBe("http://localhost:8080/a localhost:8080 http://localhost:9100");
  expect(values.unknown.size).toBe(0);
});
