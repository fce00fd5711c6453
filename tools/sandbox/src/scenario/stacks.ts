import { join } from "node:path";

import type { AwsAccount } from "../aws/account";
import { commit } from "../checkout";
import { edit } from "../edit";
import { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { step } from "../progress";
import { changesIn } from "./common";
import { builderName } from "../machine/buildkit";

/** A stack of the repository as it is checked in, and what it needs that only its users have. */
interface CheckedStack {
  name: string;
  /** Folder of its Pulumi project, in the clone. */
  project: string;
  /** Its composition, below the clone, where something in it is protected. */
  protectedBy?: string;
  /** Settings that its file leaves to its users. */
  secrets?: Record<string, string>;
}

const product = ".";

/** Every stack that the repository has, in the order in which a team brings them out. */
const stacks: CheckedStack[] = [
  { name: "access", project: product },
  { name: "dev", project: product },
  { name: "staging", project: product, protectedBy: "stacks/staging.ts" },
  { name: "prod", project: product, protectedBy: "stacks/prod.ts" },
  {
    name: "everything",
    project: "examples/everything",
    protectedBy: "examples/everything/everything.ts",
    secrets: { "fairlead:originKey": "only-for-the-sandbox" },
  },
];

/** Brings each stack out, again, and down, by the real provider. */
export async function checkStacks(checkout: string, aws: AwsAccount, wanted: string[] = stacks.map(({ name }) => name)): Promise<void> {
  const before = await aws.inventory();
  const engines: { stack: CheckedStack; engine: Engine }[] = [];
  for (const stack of stacks.filter(({ name }) => wanted.includes(name))) {
    const engine = await Engine.open(stack.name, checkout, process.env, join(checkout, stack.project));
    await engine.configure({ "fairlead:builder": builderName, "fairlead:buildConcurrency": "1" }, stack.secrets);
    await commit(checkout, `${stack.name}: the sandbox's builder`, checkout);
    engines.unshift({ stack, engine });
    await checkStack(engine, stack.name, aws);
  }
  for (const { stack, engine } of engines) await checkDown(engine, stack, checkout);
  expectEqual(
    "nothing is left in the account but what was there, and what the stacks keep on purpose",
    left(before, await aws.inventory()),
    [],
  );
}

async function checkStack(engine: Engine, name: string, aws: AwsAccount): Promise<void> {
  const created = await step(`pulumi up of ${name}`, () => engine.up());
  const resources = created.filter(({ type }) => type.startsWith("aws:"));
  report(`${name}: ${created.length} resources, ${resources.length} of them AWS's`);
  expectEqual(`the first up of ${name} only creates`, [...new Set(created.map(({ op }) => op))].sort(), ["create"]);
  expectEqual(`no task of ${name} would have waited for what was not there yet`, aws.taskStartNotes(), []);
  const second = await step(`pulumi preview of ${name}, after a refresh`, () => engine.preview({ refresh: true }));
  expectEqual(`nothing drifted, and a second up of ${name} would change nothing`, changesIn(second), []);
}

async function checkDown(engine: Engine, { name, protectedBy }: CheckedStack, checkout: string): Promise<void> {
  if (protectedBy) {
    edit(join(checkout, protectedBy), withoutProtection);
    await commit(checkout, `${name}: nothing is protected`, checkout);
    await step(`pulumi up of ${name}, without its protection`, () => engine.up());
  }
  await step(`pulumi destroy of ${name}`, () => engine.destroy());
  expectEqual(`the state of ${name} is empty`, engine.resourceIds(), []);
}

/** What docs/environments.md says to change before an environment is removed. */
function withoutProtection(composition: string): string {
  return composition
    .replaceAll("deletionProtection: true", "deletionProtection: false")
    .replaceAll("forceDeleteRepositories: false", "forceDeleteRepositories: true")
    .replaceAll("{ expirationDays: 365 })", "{ expirationDays: 365, forceDestroy: true })");
}

function left(before: string[], after: string[]): string[] {
  const known = new Set(before);
  return after.filter((line) => !known.has(line));
}
