import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { severitiesOf, told } from "./judged";

const queues = ["orders", "mails"].map((name) => resource("aws:sqs/queue:Queue", name));

/** A service's own role, and what it may do with a queue. */
function worker(name: string, action: string, queue: string): PlanResource[] {
  const role = resource("aws:iam/role:Role", name, { assumeRolePolicy: "{}" });
  const arn = `\${${queues.find((each) => each.name === queue)!.urn}#arn}`;
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: arn }] });
  const inputs = { role: output(role.type, name, "id"), policy };
  return [role, resource("aws:iam/rolePolicy:RolePolicy", name, inputs, { propertyDependencies: { role: [role.urn] } })];
}

describe("a new program that takes messages", () => {
  const before = [...queues, ...worker("writer", "sqs:ReceiveMessage", "orders"), ...worker("shop", "sqs:SendMessage", "orders")];

  test("takes them from the one that is there", () => {
    expect(severitiesOf(before, [...before, ...worker("counter", "sqs:ReceiveMessage", "orders")])).toEqual(["interruption"]);
    expect(severitiesOf(before, [...before, ...worker("counter", "sqs:*", "orders")])).toContain("interruption");
  });

  test.each([
    ["sends to that queue", "sqs:SendMessage", "orders"],
    ["takes from one that nobody takes from", "sqs:ReceiveMessage", "mails"],
  ])("is no danger where it %s", (_, action, queue) => {
    expect(severitiesOf(before, [...before, ...worker("counter", action, queue)])).toEqual([]);
  });

  test("is none where it takes the place of the one that was", () => {
    const after = [...queues, ...worker("shop", "sqs:SendMessage", "orders"), ...worker("writer-2", "sqs:ReceiveMessage", "orders")];
    expect(told(planOf(...before), planOf(...after)).filter((each) => each.includes("creates"))).toEqual([]);
  });
});
