import { thingOf } from "../src/found/thing";
import { ownerNotes } from "../src/letting/ownerNotes";

const owned = { "aws:cloudformation:stack-name": "shop-test" };
const copilot = { ...owned, "copilot-environment": "test" };
const table = (tags: Record<string, string>) => thingOf("arn:aws:dynamodb:us-east-1:123456789012:table/items", tags)!;
const loadBalancer = (tags: Record<string, string>) =>
  thingOf("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/0123456789abcdef", tags)!;

test("of what no stack of CloudFormation owns there is nothing to say", () => {
  expect(ownerNotes(table({ team: "shop" }), undefined)).toEqual([]);
});

test.each([
  ["kept", /keeps it when the stack is deleted/],
  ["snapshot", /deletes it with the stack, after a last snapshot: set DeletionPolicy: Retain/],
  ["deleted", /deletes it with the stack: set DeletionPolicy: Retain/],
  [undefined, /could not be told: look at its DeletionPolicy/],
] as const)("what is %s with its stack is told so", (deletion, expected) => {
  expect(ownerNotes(table(owned), deletion)).toEqual([expect.stringMatching(expected)]);
});

test("Copilot's environment takes what its services share away with the last of them, and nothing else", () => {
  expect(ownerNotes(loadBalancer(copilot), "deleted")[1]).toMatch(
    /with the last service of Copilot's that uses it \(ALBWorkloads of the stack shop-test\)/,
  );
  expect(ownerNotes(loadBalancer(owned), "deleted")).toHaveLength(1);
  expect(ownerNotes(table(copilot), "deleted")).toHaveLength(1);
});
