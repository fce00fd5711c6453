import * as pulumi from "@pulumi/pulumi";
import { embeddedPlan } from "@fairlead/plan";

import { resolved } from "../src";

const valueOf = (value: object | string) => new Promise((resolve) => void pulumi.output(resolved(value)).apply(resolve));

test("a value of any depth is known once all of its outputs are, in their places", async () => {
  const value = {
    a: "1",
    list: [pulumi.output("2"), { b: Promise.resolve(3) }],
    nothing: undefined,
    no: null,
    inner: pulumi.output({ c: pulumi.output(4) }),
  };
  expect(await valueOf(value)).toEqual({ a: "1", list: ["2", { b: 3 }], nothing: undefined, no: null, inner: { c: 4 } });
  expect(await valueOf("text")).toBe("text");
});

test("a secret inside makes the whole secret", async () => {
  await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: async () => {
      expect(await pulumi.isSecret(resolved({ a: [pulumi.secret("x")] }))).toBe(true);
      expect(await pulumi.isSecret(resolved({ a: [pulumi.output("x")] }))).toBe(false);
    },
  });
});
