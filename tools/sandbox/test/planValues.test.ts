import { unknownValue } from "@fairlead/plan";

import { known, knownAttribute, notTaken, resolved, withIgnored } from "../src/reviewed/values";

const queue = "urn:pulumi:dev::p::aws:sqs/queue:Queue::q";

test("a reference becomes its value, and a text with an unknown part is unknown", () => {
  const inputs = { arn: { $output: `${queue}#arn` }, policy: `{"Resource":"\${${queue}#arn}"}`, url: `at \${${queue}#url}` };
  expect(resolved(inputs, (_, attribute) => (attribute === "arn" ? "arn:q" : unknownValue))).toEqual({
    arn: "arn:q",
    policy: '{"Resource":"arn:q"}',
    url: unknownValue,
  });
});

test("what is not known goes, and so does a list that has some of it", () => {
  expect(known({ id: unknownValue, check: { path: "/", timeout: unknownValue }, zones: ["a", unknownValue] })).toEqual({
    check: { path: "/" },
  });
});

test("an attribute in a list is found by its place", () => {
  expect(knownAttribute({ secrets: [{ arn: "a" }] }, "secrets[0].arn")).toBe("a");
  expect(knownAttribute({}, "secrets[0].arn")).toBeUndefined();
});

test("what is ignored stays as it was, and is gone where it was not there", () => {
  expect(
    withIgnored({ port: 80, check: { path: "/" } }, { port: 81, check: { path: "/b", timeout: 5 }, tags: {} }, [
      "port",
      "check.path",
      "tags",
    ]),
  ).toEqual({
    port: 80,
    check: { path: "/", timeout: 5 },
  });
});

test("inputs that a provider's plan lacks were not taken", () => {
  const inputs = {
    bucket: "b",
    rules: [
      { id: "a", expiration: { days: 7 } },
      { id: "b", expiration: {} },
    ],
    strategy: "BLUE_GREEN",
  };
  expect(notTaken(inputs, { bucket: "b", rules: [{ id: "a", expirations: [] }, { id: "b" }] })).toEqual(["rules.expiration", "strategy"]);
});

test("items of a set may come in another order", () => {
  const conditions = [{ hostHeader: { values: ["a"] } }, { httpHeader: { values: ["b"] } }];
  expect(notTaken({ conditions }, { conditions: [...conditions].reverse() })).toEqual([]);
});
