import { output, planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import type { Danger } from "../src";
import { facts, of, service, types } from "./affectedServices";

describe("what a program may do", () => {
  const queue = resource(types.queue, "requests");
  const arn = `\${${queue.urn}#arn}`;
  const allow = (...Action: string[]) => [{ Effect: "Allow", Action, Resource: arn }];

  test("is told in words, by the resource that it is done to", () => {
    const [before, after] = [{ allowed: allow("sqs:SendMessage", "sqs:GetQueueAttributes") }, { allowed: allow("sqs:ReceiveMessage") }];
    expect(of("permissions", before, after, [queue])).toEqual([
      {
        kind: "permissions",
        of: "api",
        gains: [{ what: "receive from", on: "queue requests" }],
        loses: [{ what: "send to", on: "queue requests" }],
      },
    ]);
  });

  test("is not told again where a danger says it: what more, else what no longer", () => {
    const danger: Danger = { severity: "lessProtected", title: "", forcedBy: [], text: "", urns: [urnOf(types.policy, "api")] };
    const permissions = (before: object[], after: object[], dangers = [danger]) =>
      facts(planOf(queue, ...service({ allowed: before })), planOf(queue, ...service({ allowed: after })), dangers).filter(
        ({ kind }) => kind === "permissions",
      );
    const [send, receive] = [allow("sqs:SendMessage"), allow("sqs:ReceiveMessage")];
    expect(permissions([], send, [])).toHaveLength(1);
    expect(permissions([], send)).toEqual([]);
    expect(permissions(send, [])).toEqual([]);
    expect(permissions(send, receive)).toMatchObject([{ gains: [], loses: [{ what: "send to" }] }]);
  });

  test("is not told of a policy that is known only after apply", () => {
    const later = service({ allowed: [] });
    later.find(({ type }) => type === types.policy)!.inputs.policy = output(types.queue, "requests", "arn");
    expect(facts(planOf(...service({ allowed: allow("sqs:SendMessage") })), planOf(...later)).map(({ kind }) => kind)).not.toContain(
      "permissions",
    );
  });
});

test("what it may connect to is told, but for services, which are in the lines of those who are called", () => {
  const database = resource(
    types.group,
    "accounts-db",
    {},
    { urn: `urn:pulumi:dev::shop::fairlead:data:Postgres$${types.group}::accounts-db` },
  );
  const rule = (name: string, group: PlanResource | string, port: number) =>
    resource(types.ingress, name, {
      securityGroupId: { $output: `${typeof group === "string" ? urnOf(types.group, group) : group.urn}#id` },
      referencedSecurityGroupId: output(types.group, "api", "id"),
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });
  const web = service({ name: "web" });
  const more = [database, ...web];
  expect(of("reach", {}, { image: "2", others: [rule("db", database, 5433), rule("web", "web", 80)] }, more)).toEqual([
    { kind: "reach", of: "api", gains: ["Postgres accounts on port 5433"], loses: [], keeps: [] },
  ]);
  const [out, narrow] = ["0.0.0.0/0", "10.0.0.0/8"].map((cidrIpv4) =>
    resource("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "api-out", {
      securityGroupId: output(types.group, "api", "id"),
      cidrIpv4,
      ipProtocol: "-1",
    }),
  );
  expect(of("reach", { others: [out!] }, { image: "2", others: [narrow!] })).toMatchObject([
    { gains: [], loses: ["anywhere (IPv4) on every port"], keeps: ["10.0.0.0/8 on every port"] },
  ]);
});

test("variables beside those of the manifest are told by name, never with a value", () => {
  const spec = { environment: { OWN: "planted" } };
  const before = { spec, environment: { OWN: "planted", API_URL: "http://a", OLD: "x" } };
  const after = { spec: { environment: {} }, environment: { API_URL: "http://planted" }, secrets: { PASSWORD: "arn:planted" } };
  const told = of("variables", before, after);
  expect(told).toEqual([
    { kind: "variables", of: "api", gains: ["PASSWORD"], loses: ["OLD"], changes: ["API_URL"], secrets: ["PASSWORD"] },
  ]);
  expect(JSON.stringify(told)).not.toContain("planted");
});
