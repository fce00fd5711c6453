import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { allowedChangesFile } from "@fairlead/model";

import type { AwsAccount } from "../aws/awsAccount";
import type { AwsPlugin } from "../aws/plugins";
import { commit } from "../checkout";
import { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { SandboxError, step } from "../progress";
import { buildVariables, checkedStacks, namedSecrets, settle, unprotect, type CheckedStack } from "./checkedStacks";
import { messageOf, surprisesIn } from "./common";
import { leftovers } from "./leftovers";
import { refusedTo } from "./permissions";

/** A stack that is out. */
interface Deployed {
  stack: CheckedStack;
  engine: Engine;
  /** The stack `access`, whose roles judge the others, once it is out. */
  access: Engine | undefined;
}

/** What stands for AWS. */
interface Judges {
  aws: AwsAccount;
  plugin: AwsPlugin;
}

/** Inputs that came with version 6 of the AWS provider. */
const sinceVersion6 = [/ region$/, /^aws:ecs\/service:Service deploymentConfiguration$/];

/**
 * Brings each stack of the repository out, again, and down, by the real provider.
 *
 * @param wanted names of stacks; all by default
 */
export async function checkStacks(checkout: string, judges: Judges, wanted?: string[]): Promise<void> {
  const { aws } = judges;
  const all = checkedStacks(checkout).filter(({ name }) => wanted?.includes(name) ?? true);
  // An example names what moto's account has before the first `up`.
  const stacks = all.filter(({ project }) => !aws.foreign || project === checkout);
  const left = all.filter((stack) => !stacks.includes(stack)).map(({ name }) => name);
  if (left.length > 0) report(`not run there: ${left.join(", ")}`);
  await aws.createSecrets(Object.assign({}, ...stacks.map(namedSecrets)) as Record<string, string>);
  const before = aws.foreign ? [] : await aws.inventory();
  const deployed = await bringOut(stacks, checkout, judges);
  await checkDown(deployed, checkout);
  if (aws.foreign) return reportLacking(aws);
  expectEqual("nothing is left in the account but what stays by intention", leftovers(before, await aws.inventory()), []);
}

async function bringOut(stacks: CheckedStack[], checkout: string, judges: Judges): Promise<Deployed[]> {
  const deployed: Deployed[] = [];
  for (const stack of stacks) {
    const secrets = settle(stack);
    const engine = await Engine.open(stack.name, checkout, { ...process.env, ...buildVariables(stack) }, stack.project);
    await engine.configure(secrets);
    await commit(checkout, `${stack.name}: the sandbox's settings`, checkout);
    deployed.push({ stack, engine, access: deployed.find(({ stack: { name } }) => name === "access")?.engine });
    // What another endpoint lacks is to be told, and what it has got is to be deleted.
    const failure = await messageOf(() => checkUp(deployed.at(-1)!, judges));
    if (failure === "") continue;
    if (!judges.aws.foreign) throw new SandboxError(failure);
    expectEqual(`${stack.name} comes out`, failure, "");
    break;
  }
  return deployed;
}

function reportLacking({ foreign, lacking }: AwsAccount): void {
  const operations = [...lacking.operations].sort();
  report(`${foreign!.href} answered as if it had not: ${operations.join(", ") || "nothing"}`);
}

async function checkUp({ stack: { name, isEnvironment }, engine, access }: Deployed, { aws, plugin }: Judges): Promise<void> {
  const before = aws.actions.length;
  const created = await step(`pulumi up of ${name}`, () => engine.up());
  const asked = aws.actions.slice(before);
  const resources = created.filter(({ type }) => type.startsWith("aws:"));
  report(`${name}: ${created.length} resources, ${resources.length} of them AWS's`);
  expectEqual(`the first up of ${name} only creates`, [...new Set(created.map(({ op }) => op))], ["create"]);
  if (!aws.foreign) expectEqual(`no task of ${name} would have waited for what was not there yet`, aws.taskStartNotes(), []);
  const dropped = engine.droppedInputs();
  if (dropped.length > 0) report(`not judged, as this provider does not know them: ${dropped.join(", ")}`);
  expectEqual(
    "the provider takes all but what came with its version 6",
    dropped.filter((input) => !(plugin.lacksVersion6 && sinceVersion6.some((known) => known.test(input)))),
    [],
  );
  const beforeRefresh = aws.actions.length;
  const second = await step(`pulumi preview of ${name}, after a refresh`, () => engine.preview({ refresh: true }));
  expectEqual(`nothing drifted, and a second up of ${name} would change nothing`, surprisesIn(second), []);
  const refreshed = aws.actions.slice(beforeRefresh);
  if (name === "access") return;
  if (!access) return report(`not judged, as the stack access is not out: what its roles may do to ${name}`);
  expectEqual(`the drift role may read all that a refresh of ${name} read`, refusedTo(access, "fairlead-drift", refreshed), []);
  if (isEnvironment) {
    const refused = refusedTo(access, `fairlead-deploy-${name}`, asked);
    expectEqual(`the deploy role of ${name} may do all that its up asked of AWS`, refused, []);
    const beforePreview = aws.actions.length;
    await step(`pulumi preview of ${name}`, () => engine.preview());
    const looked = aws.actions.slice(beforePreview);
    report(`a preview of ${name} asks AWS for ${[...new Set(looked.map(({ action }) => action))].sort().join(", ") || "nothing"}`);
    expectEqual("the preview role may ask that", refusedTo(access, "fairlead-preview", looked), []);
  }
  if (aws.unnamed.size > 0) report(`permissions not judged, as no model of AWS's has the request: ${[...aws.unnamed].join(", ")}`);
}

/** What Pulumi protects stays, by `destroy` as somebody types it, until it is allowed to go. */
async function checkProtection({ stack: { name, composition }, engine }: Deployed): Promise<void> {
  const before = engine.resourceVersions();
  const refusal = await step(`pulumi destroy of ${name}, as it is protected`, () =>
    messageOf(() => engine.run("pulumi", ["destroy", "--yes", "--non-interactive", "--stack", name])),
  );
  expectEqual(`Pulumi refuses to destroy ${name}`, /protect/.test(refusal), true);
  expectEqual("and deletes nothing", engine.resourceVersions(), before);
  const protectedOnes = engine.protectedUrns();
  report(`${name} protects ${protectedOnes.length} resources`);
  const [allowed, ...others] = protectedOnes;
  const file = join(dirname(composition), allowedChangesFile);
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await engine.run("npx", ["--no-install", "fairlead", "allow", `delete=${allowed}`, "--reason", "the sandbox", "--until", until]);
  await step(`fairlead unprotect of ${name}`, () => engine.run("npx", ["--no-install", "fairlead", "unprotect", "--stack", name]));
  rmSync(file);
  expectEqual("what is allowed to go is not protected any more, and the rest is", engine.protectedUrns(), others);
}

/** Side by side: a destroy mostly waits for what the provider waits for. */
async function checkDown(deployed: Deployed[], checkout: string): Promise<void> {
  const unprotected = deployed.filter(({ stack }) => unprotect(stack));
  const names = (of: Deployed[]) => of.map(({ stack }) => stack.name).join(", ");
  if (unprotected.length > 0) {
    for (const each of unprotected) await checkProtection(each);
    await commit(checkout, `${names(unprotected)}: nothing is protected`, checkout);
    await step(`pulumi up of ${names(unprotected)}, without their protection`, () =>
      Promise.all(unprotected.map(({ engine }) => engine.up())),
    );
  }
  const failures = await step(`pulumi destroy of ${names(deployed)}`, () =>
    Promise.all(deployed.map(({ engine }) => messageOf(() => engine.destroy()))),
  );
  for (const [index, { stack, engine }] of deployed.entries()) {
    expectEqual(`${stack.name} is destroyed`, failures[index], "");
    expectEqual(`the state of ${stack.name} is empty`, engine.resourceVersions(), []);
  }
}
