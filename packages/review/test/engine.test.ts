import { readEnginePreview } from "@fairlead/changes";
import { urnOf } from "@fairlead/changes/testing/plans";

import { reviewOf } from "../src";

const stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
const type = "aws:rds/cluster:Cluster";
const urn = urnOf(type, "db");
const state = (inputs: object) => ({ urn, type, custom: true, parent: stack, inputs: { engine: "aurora-postgresql", ...inputs } });
const update = (before: object, after: object, others: object) => ({
  op: "update",
  urn,
  oldState: state(before),
  newState: state(after),
  ...others,
});
const told = (step: object) =>
  reviewOf(readEnginePreview(JSON.stringify({ steps: [step] }), "prod.json"), undefined, undefined).dangers.map(
    ({ severity, title, text }) => `${severity}: ${title}. ${text}`,
  );

test("a secret that the engine finds changed is told, though both sides are elided", () => {
  const inputs = { masterPassword: secret, masterUsername: "app" };
  const expected = ["unknown: changes masterPassword of database cluster db. It is a secret, or was one: what differs can't be told here."];
  expect(told(update(inputs, inputs, { diffReasons: ["masterPassword"] }))).toEqual(expected);
  expect(told(update(inputs, inputs, { detailedDiff: { masterPassword: { kind: "update" } } }))).toEqual(expected);
});

test("what differs in AWS alone is told", () => {
  const inputs = { deletionProtection: true };
  expect(told(update(inputs, inputs, { detailedDiff: { deletionProtection: { kind: "update" } } }))).toEqual([
    "unknown: changes deletionProtection of database cluster db. What the program says of it is as before: the provider finds it otherwise in AWS, and sets it back.",
  ]);
});
