import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { builderPlatforms } from "@fairlead/registry";

import type { AwsAccount } from "../aws/awsAccount";
import { addMigration, changeOneLine, cloneOfOneCommit, cloneWithUmask, inProject } from "../checkout";
import { edit } from "../edit";
import { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { builderName } from "../machine/buildkit";
import { rotatePassword } from "../machine/registry";
import { registryClient } from "../registryAccess";
import { inSandbox } from "../paths";
import { findingsOfPlan, policyPackFor } from "../policyPack";
import { step } from "../progress";
import { checkAdmission } from "./admission";
import { changesIn, checkImages, messageOf, surprisesIn } from "./common";
import { checkFailedRollouts } from "./failedRollouts";
import { buildSecret, type Sidecar } from "./preparation";
import { checkWrongImages } from "./wrongImages";

/** What one changed source line of the api may touch, and nothing else. */
const touchedByOneLine = [
  "pulumi-nodejs:dynamic/fairlead:ExistingImages api",
  "docker-build:index:Image api-amd64",
  "docker-build:index:Image api-arm64",
  "docker-build:index:Index api",
  "pulumi-nodejs:dynamic/fairlead:ImageInspection api",
  "aws:ecs/taskDefinition:TaskDefinition api",
  "aws:ecs/service:Service api",
  "pulumi-nodejs:dynamic/fairlead:Rollout api",
  "pulumi-nodejs:dynamic/fairlead:DeployedTag api-deployed",
  // The component itself, whose inputs are the spec and the image's tag.
  "fairlead:stacks:Service api",
].sort();

/** Takes the stack through its life under the real engine and checks what the engine did at each turn. */
export async function runLife(engine: Engine, checkout: string, aws: AwsAccount, sidecar: Sidecar): Promise<void> {
  const secrets = [readFileSync(inSandbox("registry", "password"), "utf8"), process.env[buildSecret.variable]!];

  const created = await step("pulumi up: the first", () => engine.up());
  expectEqual("the first up only creates", [...new Set(created.map(({ op }) => op))], ["create"]);
  await checkImages(engine);
  expectEqual(
    "the migration ran once",
    aws.tasks.started.map(({ family }) => family),
    ["sandbox-accounts-migration"],
  );

  secrets.push(rotatePassword());
  await sidecar.moveTag();
  expectEqual(
    "the second up, with a new registry login and the sidecar's tag moved, changes nothing",
    surprisesIn(await step("pulumi up: the second", () => engine.up())),
    [],
  );
  expectEqual("and runs no job again", aws.tasks.started.length, 1);
  expectEqual("a preview shows no change", surprisesIn(await step("pulumi preview", () => engine.preview())), []);

  await checkAnotherClone(checkout);

  await changeOneLine(checkout);
  const stored = await registryContent();
  const previewed = changesIn(await step("pulumi preview: after one changed line in api", () => engine.preview()));
  expectEqual("the preview writes nothing to the registry, the cache neither", await registryContent(), stored);
  expectEqual("the preview names the api's images, task definition and service", previewed, touchedByOneLine);
  const changed = changesIn(await step("pulumi up: after one changed line in api", () => engine.up()));
  expectEqual("up changes exactly those", changed, touchedByOneLine);
  await checkImages(engine);

  await checkFailedMigration(engine, checkout, aws);
  await checkFailedRollouts(engine, checkout, aws);
  await checkPolicies(engine, checkout);

  await checkWrongImages(engine, checkout);
  await checkAdmission(engine, checkout, aws);
  await checkBuilder(engine, checkout);

  const before = engine.resourceVersions();
  const refusal = await step("pulumi up: with a misspelt key and an arm64 image for an x86_64 task", () => refusedUp(engine, checkout));
  expectEqual(
    "up names both mistakes",
    /FL1002 +unknown key "memoryMib"/.test(refusal) && /FL1009 +the image is built for linux.arm64/.test(refusal),
    true,
  );
  expectEqual("without a stack trace", /^\s+at /m.test(refusal), false);
  expectEqual("and changes nothing", engine.resourceVersions(), before);

  const state = engine.storedState();
  expectEqual("the state holds the login, encrypted", state.includes("ciphertext"), true);
  expectEqual("no registry login and no build secret in the state or the logs", leaks(secrets, state), []);
}

/** Takes the stack down again. */
export async function checkDestroy(engine: Engine): Promise<void> {
  await step("pulumi destroy", () => engine.destroy());
  expectEqual("the state is empty", engine.resourceVersions(), []);
}

/** The same sources in another clone, with another umask and other times, are the same images. */
async function checkAnotherClone(checkout: string): Promise<void> {
  const other = await cloneWithUmask(checkout);
  const mode = (statSync(inProject(other, "apps/api/src/main.js")).mode & 0o777).toString(8);
  const engine = await Engine.open("sandbox", other, process.env);
  const changed = surprisesIn(await step(`pulumi up: from another clone, its files of mode ${mode}`, () => engine.up()));
  expectEqual("up from another clone with another umask changes nothing", changed, []);
  const shallow = await Engine.open("sandbox", await cloneOfOneCommit(checkout), process.env);
  const message = await step("pulumi up: from a clone of one commit", () => messageOf(() => shallow.up()));
  expectEqual("up from a clone of one commit is refused, with what to do", /FL2006[^]*git fetch --unshallow/.test(message), true);
}

/** Tags of the api and of the layer cache, and what they mean. */
async function registryContent(): Promise<string[]> {
  const client = registryClient(process.env.FAIRLEAD_SANDBOX_REGISTRY!);
  const repositories = ["fairlead/sandbox/api", "fairlead/sandbox/build-cache"];
  const found = repositories.map(async (repository) =>
    Promise.all((await client.tags(repository)).map(async (tag) => `${repository}:${tag} ${await client.digestOf(repository, tag)}`)),
  );
  return (await Promise.all(found)).flat().sort();
}

/** A program of another platform in a Dockerfile, which this builder runs only if the machine emulates it. */
async function checkBuilder(engine: Engine, checkout: string): Promise<void> {
  const platforms = builderPlatforms(builderName) ?? [];
  report(`the builder runs ${platforms.join(", ")}`);
  const restore = edit(inProject(checkout, "apps/web/Dockerfile"), (text) => text.replace("USER node", "RUN true\nUSER node"));
  const message = await step("pulumi preview: with a RUN for linux/arm64", () => messageOf(() => engine.preview()));
  restore();
  const refused = /Dockerfile:\d+:1 +FL1030 +this runs on linux\/arm64/.test(message);
  expectEqual("a RUN for a platform that the builder can't run is refused at preview", refused, !platforms.includes("linux/arm64"));
}

/** A migration that fails stops `up` before the service that waits for it; mended, both come out. */
async function checkFailedMigration(engine: Engine, checkout: string, aws: AwsAccount): Promise<void> {
  const taskDefinitionOf = (name: string) => engine.taskDefinitionOf(name);
  const before = taskDefinitionOf("api");
  aws.tasks.exitCode = 1;
  aws.tasks.lastLines = ['{"level":"error","message":"migration failed","error":"002-email.sql: column exists"}'];
  await addMigration(checkout);
  const message = await step("pulumi up: with a migration that fails", () => messageOf(() => engine.up()));
  const said = ["FL2201 job accounts-migration failed: exit code 1", "002-email.sql: column exists", "What waits for it was left as it is"];
  expectEqual(
    "up says which job failed, with its exit code and last log lines",
    said.filter((text) => !message.includes(text)),
    [],
  );
  expectEqual("the service that waits for it keeps its task definition", taskDefinitionOf("api"), before);
  aws.tasks.exitCode = 0;
  await step("pulumi up: with the migration mended", () => engine.up());
  expectEqual("then the service gets its own", taskDefinitionOf("api") === before, false);
}

/** The same rules, asked by the real engine and on the embedded plan. */
async function checkPolicies(engine: Engine, checkout: string): Promise<void> {
  const found = await step("pulumi preview: with the policy pack", () => engine.policyFindings(policyPackFor(checkout)));
  report(`${found.length} findings, such as ${found[0]}`);
  expectEqual("the policy pack finds under the engine what the rules find in the embedded plan", found, await findingsOfPlan(checkout));
}

/** What `pulumi up` says when two manifests are wrong; mends them again. */
async function refusedUp(engine: Engine, checkout: string): Promise<string> {
  const restore = [
    edit(inProject(checkout, "apps/web/service.yaml"), (text) => text.replace("memoryMiB:", "memoryMib:")),
    edit(inProject(checkout, "apps/api/service.yaml"), (text) => `${text}build:\n  platforms: [linux/arm64]\n`),
  ];
  try {
    return await messageOf(() => engine.up());
  } finally {
    for (const undo of restore) undo();
  }
}

function leaks(secrets: string[], state: string): string[] {
  const logs = readdirSync(inSandbox("logs")).map((name) => join(inSandbox("logs"), name));
  const places = [
    ...logs.filter((file) => statSync(file).isFile()).map((file) => [file, readFileSync(file, "utf8")] as const),
    ["the state", state] as const,
  ];
  return places.filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([place]) => place);
}
