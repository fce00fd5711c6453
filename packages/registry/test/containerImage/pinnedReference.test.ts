import { runtime } from "@pulumi/pulumi";

import { pinnedReference } from "../../src/containerImage/pinnedReference";

const digest = `sha256:${"a".repeat(64)}`;

test.each([
  [`example.test/shop/api:1.0.0@${digest}`, `example.test/shop/api@${digest}`],
  [`example.test:5000/shop/api:1.0.0@${digest}`, `example.test:5000/shop/api@${digest}`],
  [`example.test:5000/api@${digest}`, `example.test:5000/api@${digest}`],
])("%s loses its tag", (reference, pinned) => expect(pinnedReference(reference)).toBe(pinned));

test("a reference without a digest never reaches a task", () => {
  jest.spyOn(runtime, "isDryRun").mockReturnValue(false);
  expect(() => pinnedReference("example.test/api:1.0.0")).toThrow(/FL2001 .* has no digest/);
});
