import type { PropertyChange, ResourceChange } from "@fairlead/changes";

import { verdictOf } from "../src/reviewed/agreement";
import type { Asking } from "../src/reviewed/providerPlan";

const differs = (path: string, replaces?: boolean): PropertyChange => ({ path, before: 1, after: 2, replaces });

function asked(
  properties: PropertyChange[],
  operation: "same" | "update" | "replace",
  replacedBy: string[] = [],
  dropped: string[] = [],
): Asking {
  const change: ResourceChange = { urn: "urn", type: "aws:x/y:Y", name: "y", operation: "update", properties };
  return { change, dropped, answer: { operation, differs: [], replacedBy } };
}

test("both say the same where the operation and the arguments that force it are the same", () => {
  expect(verdictOf(asked([differs("port", true), differs("tags.owner", false)], "replace", ["port"]))).toEqual({ is: "agreed" });
  expect(verdictOf(asked([differs("rules.0.days", false)], "update"))).toEqual({ is: "agreed" });
  expect(verdictOf(asked([], "same"))).toEqual({ is: "agreed" });
});

test("another operation, or another argument that forces it, is told", () => {
  expect(verdictOf(asked([differs("port", false)], "replace", ["port"]))).toEqual({
    is: "disagreed",
    ours: "update",
    theirs: "replace by port",
  });
  expect(verdictOf(asked([differs("port", true)], "update"))).toEqual({ is: "disagreed", ours: "replace by port", theirs: "update" });
  expect(verdictOf(asked([differs("port", true)], "replace", ["vpcId"]))).toMatchObject({ is: "disagreed" });
  expect(verdictOf(asked([], "update"))).toMatchObject({ is: "disagreed", ours: "same" });
});

test("what the provider doesn't know, and what nobody asked of it, is no answer", () => {
  expect(verdictOf(asked([differs("rules.items.expiration.days", false)], "same", [], ["rules.expiration"]))).toMatchObject({
    is: "unanswered",
    by: "provider",
  });
  // What it does know counts all the same.
  const both = [differs("rules.items.expiration.days", false), differs("bucket", true)];
  expect(verdictOf(asked(both, "update", [], ["rules.expiration"]))).toMatchObject({ is: "disagreed" });
  expect(verdictOf(asked([differs("newArgument")], "update"))).toMatchObject({ is: "unanswered", by: "plans" });
});

test("replacement triggers are the engine's, and the provider is not told of them", () => {
  expect(verdictOf(asked([differs("replacementTrigger.0", true)], "same"))).toEqual({ is: "agreed" });
});
