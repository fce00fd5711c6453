import { spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";

import type { AwsAccount } from "../aws/awsAccount";
import { commit, inProject } from "../checkout";
import { edit } from "../edit";
import type { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { registryClient } from "../registryAccess";
import { step } from "../progress";
import { changesIn, messageOf, surprisesIn } from "./common";

const rollout = "pulumi-nodejs:dynamic/fairlead:Rollout api";
const crash = {
  stopCode: "EssentialContainerExited",
  stoppedReason: "Essential container in task exited",
  exitCode: 1,
} as const;

/** What says of the api what was rolled out: the stack's outputs, and the tags of its repository. */
async function said(engine: Engine): Promise<{ release: unknown; image: unknown; deployedTags: string[] }> {
  const { releases, images } = (await engine.outputs()) as Record<"releases" | "images", Record<string, unknown>>;
  const tags = await registryClient(process.env.FAIRLEAD_SANDBOX_REGISTRY!).tags("fairlead/sandbox/api");
  return { release: releases.api, image: images.api, deployedTags: tags.filter((tag) => tag.startsWith("deployed-")).sort() };
}

/** What ECS runs of the api. */
const serving = (aws: AwsAccount) => aws.services.named("api")!.primary.taskDefinition;
const deployments = (aws: AwsAccount) => aws.services.named("api")!.deployments.length;

/** A rollout that ECS takes back fails `up`, again and again, and comes out when it is mended; what names what runs never names what didn't. */
export async function checkFailedRollouts(engine: Engine, checkout: string, aws: AwsAccount): Promise<void> {
  const before = { ...(await said(engine)), serving: serving(aws) };
  const change = async (name: string) => {
    edit(inProject(checkout, "apps/api/src/main.js"), (text) => `${text}// ${name}\n`);
    await commit(checkout, `api: ${name}`);
  };

  await change("a rollout that fails");
  aws.rollouts.outcomes.set("api", { is: "failure", end: crash });
  aws.tasks.lastLines = ["Error: getaddrinfo ENOTFOUND db"];
  const message = await step("pulumi up: with tasks that crash", () => messageOf(() => engine.up()));
  report(message.split("\n").find((line) => line.includes("FL2204")) ?? message);
  const words = ["FL2204 rollout of api failed", "exit code 1", "Error: getaddrinfo ENOTFOUND db", "serves as before"];
  expectEqual(
    "a rollout that ECS takes back fails up with its reason, exit code and last words",
    words.filter((text) => !message.includes(text)),
    [],
  );
  expectEqual("ECS runs what it ran, and tags and outputs name that", { ...(await said(engine)), serving: serving(aws) }, before);
  expectEqual(
    "a preview says that it is to be rolled out",
    changesIn(await step("pulumi preview", () => engine.preview())).includes(rollout),
    true,
  );

  const asked = deployments(aws);
  const again = await step("pulumi up: again, with nothing mended", () => messageOf(() => engine.up()));
  expectEqual("up again fails again, and does not say unchanged", again.includes("FL2204"), true);
  expectEqual("it asked ECS once more", deployments(aws), asked + 1);
  expectEqual("tags and outputs still name what runs", { ...(await said(engine)), serving: serving(aws) }, before);

  aws.rollouts.outcomes.set("api", { is: "success", polls: 2 });
  await step("pulumi up: with what made them crash mended elsewhere", () => engine.up());
  const after = await said(engine);
  expectEqual("the same task definition comes out", serving(aws), engine.taskDefinitionOf("api"));
  expectEqual(
    "tags and outputs name it",
    [after.image !== before.image, after.deployedTags.length],
    [true, before.deployedTags.length + 1],
  );
  expectEqual("and another up changes nothing", surprisesIn(await step("pulumi up: once more", () => engine.up())), []);

  await checkTakenBack(engine, checkout, aws);
  await change("a rollout that fails before another setting");
  await checkOtherSetting(engine, checkout, aws);
  await change("an up that is killed");
  await checkKilled(engine, aws);
  aws.rollouts.outcomes.delete("api");
}

/** A change of the service alone that fails and is taken back in the program is followed as well: the state had it already. */
async function checkTakenBack(engine: Engine, checkout: string, aws: AwsAccount): Promise<void> {
  aws.rollouts.outcomes.set("api", { is: "failure", end: crash });
  const takeBack = edit(inProject(checkout, "apps/api/service.yaml"), (text) => `${text}deployment:\n  minimumHealthyPercent: 50\n`);
  const message = await step("pulumi up: with another setting of the service, and tasks that crash", () => messageOf(() => engine.up()));
  expectEqual("a change of the service alone fails as well", message.includes("FL2204"), true);
  takeBack();
  aws.rollouts.outcomes.set("api", { is: "success" });
  const changed = changesIn(await step("pulumi up: with the setting taken back", () => engine.up()));
  expectEqual("what is taken back is followed too", changed.includes(rollout), true);
}

/**
 * After a rollout that failed the service runs what it ran, and another setting alone deploys that once more: it is no reason to say that what was asked for
 * serves.
 */
async function checkOtherSetting(engine: Engine, checkout: string, aws: AwsAccount): Promise<void> {
  aws.rollouts.outcomes.set("api", { is: "failure", end: crash });
  await step("pulumi up: with tasks that crash once more", () => messageOf(() => engine.up()));
  aws.rollouts.outcomes.set("api", { is: "success" });
  const takeBack = edit(inProject(checkout, "apps/api/service.yaml"), (text) => `${text}deployment:\n  minimumHealthyPercent: 50\n`);
  await step("pulumi up: with another setting of the service", () => engine.up());
  expectEqual("what was asked for serves, and not what ECS went back to", serving(aws), engine.taskDefinitionOf("api"));
  takeBack();
  await step("pulumi up: without it", () => engine.up());
}

/** The engine is killed while ECS rolls out; the next `up` follows what goes on. */
async function checkKilled(engine: Engine, aws: AwsAccount): Promise<void> {
  aws.rollouts.outcomes.set("api", { is: "going on", running: 1 });
  const before = await said(engine);
  const asked = deployments(aws);
  await step("pulumi up, killed while ECS rolls out", async () => {
    const child = spawn("pulumi", ["up", "--yes", "--non-interactive", "--stack", "sandbox"], {
      cwd: engine.workDir,
      env: engine.environment,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (deployments(aws) === asked && child.exitCode === null) await setTimeout(500);
    // The rollout is followed by now: its service has been saved.
    await setTimeout(10_000);
    child.kill("SIGKILL");
    await ended;
  });
  expectEqual("what a killed up left names what was rolled out before", await said(engine), before);
  // The backend still has the lock of the engine that is gone.
  await engine.run("pulumi", ["cancel", "--yes", "--stack", "sandbox"]);
  aws.rollouts.outcomes.set("api", { is: "success" });
  await step("pulumi up: after it", () => engine.up());
  expectEqual("the deployment that went on is followed, and no other is asked for", deployments(aws), asked + 1);
  const after = await said(engine);
  expectEqual("and then tags and outputs name it", after.deployedTags.length, before.deployedTags.length + 1);
  expectEqual("what serves is what the state says", serving(aws), engine.taskDefinitionOf("api"));
}
