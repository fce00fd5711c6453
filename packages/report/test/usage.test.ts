import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readProject, type Plan } from "@fairlead/plan";

import { estimateOf, renderUnusedUsage } from "../src";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-usage-")));
  writeFileSync(join(root, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: index.js\n");
  writeFileSync(join(root, "Pulumi.prod.yaml"), "config:\n  aws:region: us-east-1\n");
  const entry = (stack: string, name: string) =>
    `  - { stack: "${stack}", resource: "aws:sqs/queue:Queue ${name}", perMonth: { millionRequests: 3, storedGiB: 1 } }\n`;
  writeFileSync(join(root, "usage.yaml"), `usage:\n${entry("prod", "gone")}${entry("*", "orders")}`);
});
afterEach(() => rmSync(root, { recursive: true }));

function told(isOnlyStack: boolean): string {
  const [type, name] = ["aws:sqs/queue:Queue", "orders"];
  const urn = `urn:pulumi:prod::shop::${type}::${name}`;
  const queue = { urn, type, name, parent: null, custom: true, inputs: {}, dependencies: [], propertyDependencies: {}, options: {} };
  const plan: Plan = { version: 1, project: "shop", stack: "prod", resources: [queue], outputs: {} };
  return renderUnusedUsage(estimateOf(plan, readProject("prod", [], root), isOnlyStack));
}

test("what is declared and not needed any more is told; for every stack only where there is no other", () => {
  const gone = "! usage.yaml: millionRequests, storedGiB of aws:sqs/queue:Queue gone are not needed any more. Remove them.\n";
  expect(told(true)).toBe(`${gone}! usage.yaml: storedGiB of aws:sqs/queue:Queue orders is not needed any more. Remove it.\n`);
  expect(told(false)).toBe(gone);
});
