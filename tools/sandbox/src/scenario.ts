import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { TaskApi } from "./aws/taskApi";
import { changeOneLine } from "./checkout";
import type { Engine, Operation } from "./engine";
import { expectEqual, report } from "./expectations";
import { rotatePassword } from "./machine/registry";
import { inSandbox } from "./paths";
import { step } from "./progress";
import { RegistryClient } from "./registryClient";

/** What one changed source line of the api may touch, and nothing else. */
const touchedByOneLine = [
  "docker-build:index:Image api-amd64",
  "docker-build:index:Image api-arm64",
  "docker-build:index:Index api",
  "aws:ecs/taskDefinition:TaskDefinition api",
  "aws:ecs/service:Service api",
  "docker-build:index:Index api-deployed",
].sort();

/** Takes the stack through its life under the real engine and checks what the engine did at each turn. */
export async function runScenario(engine: Engine, checkout: string, taskApi: TaskApi): Promise<void> {
  const passwords = [readFileSync(inSandbox("registry", "password"), "utf8")];

  const created = await step("pulumi up: the first", () => engine.up());
  expectEqual("the first up only creates", [...new Set(created.map(({ op }) => op))], ["create"]);
  await checkImages(engine);
  expectEqual(
    "the migration ran once",
    taskApi.started.map(({ family }) => family),
    ["sandbox-accounts-migration"],
  );

  passwords.push(rotatePassword());
  expectEqual(
    "the second up, with a new registry login, changes nothing",
    changesIn(await step("pulumi up: the second", () => engine.up())),
    [],
  );
  expectEqual("and runs no job again", taskApi.started.length, 1);
  expectEqual("a preview shows no change", changesIn(await step("pulumi preview", () => engine.preview())), []);

  await changeOneLine(checkout);
  const previewed = changesIn(await step("pulumi preview: after one changed line in api", () => engine.preview()));
  expectEqual("the preview names the api's images, task definition and service", previewed, touchedByOneLine);
  const changed = changesIn(await step("pulumi up: after one changed line in api", () => engine.up()));
  expectEqual("up changes exactly those", changed, touchedByOneLine);
  await checkImages(engine);

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

/** What `pulumi up` says when two manifests are wrong; mends them again. */
async function refusedUp(engine: Engine, checkout: string): Promise<string> {
  const restore = [
    edit(join(checkout, "apps/web/service.yaml"), (text) => text.replace("memoryMiB:", "memoryMib:")),
    edit(join(checkout, "apps/api/service.yaml"), (text) => `${text}build:\n  platforms: [linux/arm64]\n`),
  ];
  try {
    await engine.up();
    return "";
  } catch (error) {
    return (error as Error).message;
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
    const platforms = await RegistryClient.fromEnvironment().platforms(image);
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
