import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { planOfStack, readProject, stacksOf } from "@fairlead/plan";
import { compareResults } from "@fairlead/report";

import { root } from "../../testing/components";

const examples = join(root, "examples");
const folders = [root, ...(existsSync(examples) ? readdirSync(examples).map((name) => join(examples, name)) : [])];
const stacks = folders
  .filter((folder) => existsSync(join(folder, "Pulumi.yaml")))
  .flatMap((folder) => stacksOf(folder).map((stack) => ({ folder, stack })));

test.each(stacks)("$stack, made from nothing, is routine", async ({ folder, stack }) => {
  const project = readProject(stack, [], folder);
  const report = compareResults(stack, undefined, { plan: await planOfStack(project, stack) }, () => project);
  expect(report).toMatchObject({ grade: "routine", dangers: [] });
});
