import type { Operation } from "@fairlead/changes";

import { layOut } from "../src/html/page/layout";

test("what changes stands at the top of its column, the gravest first, and a task counts with its service", () => {
  const operations: Operation[] = ["same", "create", "update", "replace", "delete"];
  const services = operations.map((operation) => ({ kind: "service" as const, name: operation, operation, area: 0 }));
  const waiting = { kind: "service" as const, name: "with a task that is replaced", operation: "same" as const, area: 0 };
  const task = { kind: "task" as const, name: "task", operation: "replace" as const, area: 0 };
  const places = layOut({ nodes: [...services, waiting, task], edges: [[5, 6]] });
  const order = [...services, waiting].map(({ name }, index) => ({ name, y: places[index]!.y })).sort((a, b) => a.y - b.y);
  expect(order.map(({ name }) => name)).toEqual(["delete", "replace", waiting.name, "update", "create", "same"]);
});
