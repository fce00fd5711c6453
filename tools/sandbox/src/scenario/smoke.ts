import { readFileSync, writeFileSync } from "node:fs";
import { configurationFile, environmentsFile } from "@fairlead/model";

import { accountIds } from "../sandboxAccount";
import type { AwsAccount } from "../aws/awsAccount";
import { commit, inProject } from "../checkout";
import { edit } from "../edit";
import { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { run } from "../machine/run";
import { inSandbox } from "../paths";
import { step } from "../progress";
import { leftovers } from "./leftovers";

const stack = "smoke";

/** As much of `fairlead smoke --json` as is looked at. */
interface SmokeReport {
  outcome: string;
  accountId: string;
  steps: { title: string; outcome: string; seen: string; seconds: number }[];
}

/** How each step of `fairlead smoke` ends where no task runs. */
const expected = {
  up: "passed",
  "a second up": "passed",
  "an image for another platform": "passed",
  "an image without its program": "passed",
  "a crash is rolled back": "not judged here",
  "a canary": "not judged here",
  "rollback to the commit before": "passed",
  "a service is retired": "passed",
  "a database is restored": "not judged here",
  destroy: "passed",
  "nothing left": "passed",
};

/** The stack `sandbox` keeps no snapshot and no repository. */
const keptFamilies = ["accounts-migration", "api", "report-writer", "web"].map((service) => `task-definition ${stack}-${service}`);

/** `fairlead smoke` on a stack of its own, as a user runs it, against an API that is not AWS's. */
export async function checkSmoke(checkout: string, aws: AwsAccount): Promise<void> {
  const before = await aws.inventory();
  const head = (await run("git", ["rev-parse", "HEAD"], { cwd: checkout })).trim();
  await addStack(checkout);
  const engine = await Engine.open(stack, checkout, process.env);
  await commit(checkout, "The stack's salt");
  const files = () => run("git", ["status", "--porcelain"], { cwd: checkout });
  const file = inSandbox("logs", "smoke.md");
  const options = ["--yes", "--account", accountIds[0], "--report", file, "--json"];
  const shown = await step("fairlead smoke", () =>
    printed(() => engine.run("npx", ["--no-install", "fairlead", "smoke", stack, ...options])),
  );
  const json = shown.split("\n").find((line) => line.startsWith('{"version"'));
  if (json === undefined) report(shown);
  const result = JSON.parse(json ?? '{"steps":[]}') as SmokeReport;
  for (const { title, outcome, seconds, seen } of result.steps)
    report(`${title}: ${outcome} (${seconds} s). ${seen.split("\n").join("\n    ")}`);
  expectEqual(
    "each step of smoke ends as it should",
    Object.fromEntries(result.steps.map(({ title, outcome }) => [title, outcome])),
    expected,
  );
  const left = result.steps.find(({ title }) => title === "nothing left")?.seen ?? "";
  const families = [...left.matchAll(/^arn:[^ ]+:(.+)\/(.+):\d+: /gm)].map(([, kind, family]) => `${kind} ${family}`);
  expectEqual("what has the tag still is what the stack keeps on purpose", [...new Set(families)], keptFamilies);
  const markdown = readFileSync(file, "utf8");
  expectEqual("its report says so, with the last digits of the account alone", /^# fairlead smoke: passed$/m.test(markdown), true);
  expectEqual("and the whole number nowhere", [markdown, json].join("\n").includes(accountIds[0]), false);
  expectEqual("the user's files are as they were", await files(), "");
  expectEqual("the account is as it was, but for what stays of a stack", leftovers(before, await aws.inventory()), []);
  aws.tasks.started.length = 0;
  await run("git", ["reset", "--quiet", "--hard", head], { cwd: checkout });
}

/** An environment of its own that is as `sandbox`. */
async function addStack(checkout: string): Promise<void> {
  writeFileSync(inProject(checkout, configurationFile(stack)), readFileSync(inProject(checkout, configurationFile("sandbox")), "utf8"));
  writeFileSync(inProject(checkout, `${stack}.ts`), 'export { default } from "./sandbox";\n');
  edit(inProject(checkout, environmentsFile), (text) => text.replace('"sandbox"', `"sandbox", "${stack}"`));
  await commit(checkout, `A stack ${stack}`);
}

/** What a command prints, whether it ends well or not. */
async function printed(action: () => Promise<string>): Promise<string> {
  try {
    return await action();
  } catch (error) {
    return (error as Error).message;
  }
}
