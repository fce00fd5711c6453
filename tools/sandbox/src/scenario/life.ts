import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { AwsApi } from "../aws/awsApi";
import { addMigration, changeOneLine } from "../checkout";
import type { Engine, Operation } from "../engine";
import { expectEqual, report } from "../expectations";
import { rotatePassword } from "../machine/registry";
import { inSandbox } from "../paths";
import { findingsOfPlan, policyPackFor } from "../policyPack";
import { step } from "../progress";
import { platformsInRegistry } from "../registryAccess";

/** What one changed source line of the api may touch, and nothing else. */
const touchedByOneLine = [
  "docker-build:index:Image api-amd64",
  "docker-build:index:Image api-arm64",
  "docker-build:index:Index api",
  "pulumi-nodejs:dynamic/fairlead:ImageInspection api",
  "aws:ecs/taskDefinition:TaskDefinition api",
  "aws:ecs/service:Service api",
  "docker-build:index:Index api-deployed",
].sort();

/** Takes the stack through its life under the real engine and checks what the engine did at each turn. */
export async function runScenario(engine: Engine, checkout: string, awsApi: AwsApi): Promise<void> {
  const passwords = [readFileSync(inSandbox("registry", "password"), "utf8")];

  const created = await step("pulumi up: the first", () => engine.up());
  expectEqual("the first up only creates", [...new Set(created.map(({ op }) => op))], ["create"]);
  await checkImages(engine);
  expectEqual(
    "the migration ran once",
    awsApi.started.map(({ family }) => family),
    ["sandbox-accounts-migration"],
  );

  passwords.push(rotatePassword());
  expectEqual(
    "the second up, with a new registry login, changes nothing",
    changesIn(await step("pulumi up: the second", () => engine.up())),
    [],
  );
  expectEqual("and runs no job again", awsApi.started.length, 1);
  expectEqual("a preview shows no change", changesIn(await step("pulumi preview", () => engine.preview())), []);

  await changeOneLine(checkout);
  const previewed = changesIn(await step("pulumi preview: after one changed line in api", () => engine.preview()));
  expectEqual("the preview names the api's images, task definition and service", previewed, touchedByOneLine);
  const changed = changesIn(await step("pulumi up: after one changed line in api", () => engine.up()));
  expectEqual("up changes exactly those", changed, touchedByOneLine);
  await checkImages(engine);

  await checkFailedMigration(engine, checkout, awsApi);
  await checkPolicies(engine, checkout);

  const before = engine.resourceIds();
  const refusal = await step("pulumi up: with a misspelt key and an arm64 image for an x86_64 task", () => refusedUp(engine, checkout));
  expectEqual(
    "up names both mistakes",
    /FL1002 +unknown key "memoryMib"/.test(refusal) && /FL1009 +the image is built for linux.arm64/.test(refusal),
    true,
  );
  expectEqual("without a stack trace", /^\s+at /m.test(refusal), false);
  expectEqual("and changes nothing", engine.resourceIds(), before);

  const state = engine.storedState();
  expectEqual("the state holds the login, encrypted", state.includes("ciphertext"), true);
  expectEqual("no registry login in the state or the logs", leaks(passwords, state), []);

  await step("pulumi destroy", () => engine.destroy());
  expectEqual("the state is empty", engine.resourceIds(), []);
}

/** A migration that fails stops `up` before the service that waits for it; mended, both come out. */
async function checkFailedMigration(engine: Engine, checkout: string, awsApi: AwsApi): Promise<void> {
  const taskDefinitionOf = (name: string) => engine.taskDefinitionOf(name);
  const before = taskDefinitionOf("api");
  awsApi.exitCode = 1;
  awsApi.lastLines = ['{"level":"error","message":"migration failed","error":"002-email.sql: column exists"}'];
  await addMigration(checkout);
  const message = await step("pulumi up: with a migration that fails", () => messageOf(() => engine.up()));
  const said = ["FL2201 job accounts-migration failed: exit code 1", "002-email.sql: column exists", "What waits for it was left as it is"];
  expectEqual(
    "up says which job failed, with its exit code and last log lines",
    said.filter((text) => !message.includes(text)),
    [],
  );
  expectEqual("the service that waits for it keeps its task definition", taskDefinitionOf("api"), before);
  awsApi.exitCode = 0;
  await step("pulumi up: with the migration mended", () => engine.up());
  expectEqual("then the service gets its own", taskDefinitionOf("api") === before, false);
}

/** The same rules, asked by the real engine and on the embedded plan. */
async function checkPolicies(engine: Engine, checkout: string): Promise<void> {
  const found = await step("pulumi preview: with the policy pack", () => engine.policyFindings(policyPackFor(checkout)));
  report(`${found.length} findings, such as ${found[0]}`);
  expectEqual("the policy pack finds under the engine what the rules find in the embedded plan", found, findingsOfPlan(checkout));
}

async function messageOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

/** What `pulumi up` says when two manifests are wrong; mends them again. */
async function refusedUp(engine: Engine, checkout: string): Promise<string> {
  const restore = [
    edit(join(checkout, "apps/web/service.yaml"), (text) => text.replace("memoryMiB:", "memoryMib:")),
    edit(join(checkout, "apps/api/service.yaml"), (text) => `${text}build:\n  platforms: [linux/arm64]\n`),
  ];
  try {
    return await messageOf(() => engine.up());
  } finally {
    for (const undo of restore) undo();
  }
}

function edit(file: string, change: (text: string) => string): () => void {
  const before = readFileSync(file, "utf8");
  writeFileSync(file, change(before));
  return () => writeFileSync(file, before);
}

/** Asks the registry itself for the image that each task got. */
async function checkImages(engine: Engine): Promise<void> {
  const images = (await engine.outputs()).images as Record<string, string>;
  for (const [service, image] of Object.entries(images)) {
    report(`${service}: ${image}`);
    const platforms = await platformsInRegistry(image);
    expectEqual(`the registry has ${service} for both platforms`, platforms, ["linux/amd64", "linux/arm64"]);
  }
}

function changesIn(operations: Operation[]): string[] {
  // A replacement comes as create-replacement, replace and delete-replaced; an untouched resource as same.
  const changed = operations.filter(({ op }) => op !== "same" && op !== "read").map(({ type, name }) => `${type} ${name}`);
  return [...new Set(changed)].sort();
}

function leaks(secrets: string[], state: string): string[] {
  const logs = readdirSync(inSandbox("logs")).map((name) => join(inSandbox("logs"), name));
  const places = [
    ...logs.filter((file) => statSync(file).isFile()).map((file) => [file, readFileSync(file, "utf8")] as const),
    ["the state", state] as const,
  ];
  return places.filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([place]) => place);
}
