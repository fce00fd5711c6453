import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { configurationFile } from "@fairlead/model";

import type { AwsAccount } from "../../aws/awsAccount";
import { commit, inProject } from "../../checkout";
import { edit } from "../../edit";
import type { Engine } from "../../engine";
import { expectEqual, report } from "../../expectations";
import { SandboxError, step } from "../../progress";
import { Client } from "./client";
import { fairlead, type Ran } from "./fairlead";
import { alarmsKey, configure, programs, stackName } from "./stack";
import { Transcript } from "./transcript";

const leak = "  kept.push(Buffer.alloc(8 << 20, 1));\n";

/** A revision that leaks memory comes out well, and takes its tasks down as requests come: from the alarm to what is mended, by the commands. */
export async function checkIncident(engine: Engine, checkout: string, aws: AwsAccount, url: string): Promise<void> {
  const transcript = new Transcript();
  const run = async (...words: string[]): Promise<Ran> => {
    const ran = await step(`fairlead ${words.join(" ")}`, () => fairlead(engine, ...words, "-s", stackName));
    transcript.command(`npx fairlead ${words.filter((word) => word !== "--yes").join(" ")} -s ${stackName}`, `${ran.stdout}${ran.stderr}`);
    return ran;
  };
  const up = async () => {
    const printed = await step("pulumi up", () =>
      engine.run("pulumi", ["up", "--yes", "--non-interactive", "--color", "never", "--suppress-outputs", "--stack", stackName]),
    );
    transcript.command(`pulumi up --yes -s ${stackName}`, `…\n${printed.slice(printed.lastIndexOf("Resources:")).split("\n\n")[0]}`);
  };
  configure(checkout, alarmsKey, "true");
  await commit(checkout, "Alarms");
  await step("pulumi up: with alarms", () => engine.up());
  const alarm = (await alarmsOf(aws)).find((name) => name.includes("shop") && name.endsWith("-5xx"))!;

  edit(inProject(checkout, programs.shop), (text) =>
    text
      .replace('const revision = "second";', 'const revision = "third";\nconst kept = [];')
      .replace("  answer.writeHead(", `${leak}  answer.writeHead(`),
  );
  await commit(checkout, "shop: keep what was rendered");
  await step("pulumi up: a shop that leaks", () => engine.up());
  const client = new Client(`${url}/`);
  await step("Requests, until a task is killed", () => killed(aws));
  await setAlarm(aws, alarm, "ALARM");
  transcript.note(`The alarm \`${alarm}\` goes off.`);

  const seen = await run("status");
  expectEqual("status shows the alarm", seen.stdout.includes(alarm), true);
  const told = await run("doctor", "shop");
  expectEqual(
    "the doctor finds that the tasks run out of memory",
    [told.code, /\[out-of-memory-(?:task|container)\]/.test(told.stdout)],
    [1, true],
  );

  transcript.note("First the incident is ended: back to the image before, without a build.");
  const back = await run("rollback", "shop", "--yes");
  expectEqual("rollback is done", back.code, 0);
  await step("Until ECS has deployed it", () => settled(aws));
  await client.end();
  expectEqual("the revision before serves", await client.page(), "second");
  await setAlarm(aws, alarm, "OK");
  const after = await run("status", "shop");
  expectEqual("status says that it is pinned", after.stdout.includes("pinned by a rollback"), true);
  await commit(checkout, "shop: back to the image before");
  const pinned = readFileSync(inProject(checkout, configurationFile(stackName)), "utf8");
  expectEqual("the stack's configuration has the pin", /pinnedImages:\n {4}shop:\n {6}tag: /.test(pinned), true);

  transcript.note("The pin is committed. `pulumi up` keeps the image, and brings the code, Pulumi's state and AWS together.");
  await up();
  const digest = /digest: (sha256:\w+)/.exec(pinned)?.[1];
  expectEqual(
    "the stack's outputs name the pinned image",
    String(((await engine.outputs()).images as Record<string, string>).shop).endsWith(digest!),
    true,
  );
  expectEqual("and it serves", await client.page(), "second");

  edit(inProject(checkout, programs.shop), (text) => text.replace(leak, "").replace('"third"', '"fourth"'));
  await commit(checkout, "shop: render anew");
  transcript.note("Then the leak is mended in the source, and the pin is ended.");
  await run("rollback", "shop", "--release", "--yes");
  await commit(checkout, "shop: no pin");
  await up();
  expectEqual("what was mended serves", await client.page(), "fourth");
  const calm = await run("status", "shop");
  expectEqual("status shows a steady service", /✓ steady/.test(calm.stdout) && !/pinned|alarm/.test(calm.stdout), true);
  const end = await run("doctor", "shop");
  expectEqual("and the doctor finds nothing wrong", end.code, 0);
  expectEqual("docs/operate.md has this incident (it is written there now where it had another)", transcript.write(), true);
  await checkAsleep(engine, aws);
}

/** Puts the environment to sleep and wakes it. */
async function checkAsleep(engine: Engine, aws: AwsAccount): Promise<void> {
  const counts = () => ["shop", "clock"].map((name) => aws.services.named(name)!.desiredCount);
  const run = (verb: string) => step(`fairlead ${verb}`, () => fairlead(engine, verb, "-s", stackName, "--yes"));
  const before = counts();
  const stopped = await run("stop");
  expectEqual("stop leaves no task", [stopped.code, ...counts()], [0, 0, 0]);
  if (stopped.code !== 0) report(stopped.stderr);
  await step("pulumi up: asleep", () => engine.up());
  expectEqual("an up leaves the environment asleep", counts(), [0, 0]);
  const started = await run("start");
  expectEqual("start brings the tasks back", [started.code, ...counts()], [0, ...before]);
  await step("Until they run", () => settled(aws));
}

async function alarmsOf({ access }: AwsAccount): Promise<string[]> {
  const answer = await access.query("monitoring", { Action: "DescribeAlarms" });
  return [...answer.matchAll(/<AlarmName>([^<]+)</g)].map(([, name]) => name!);
}

/** As CloudWatch does by what it measures, which nothing does here. */
async function setAlarm({ access }: AwsAccount, AlarmName: string, StateValue: "ALARM" | "OK"): Promise<void> {
  const reason = StateValue === "ALARM" ? "Threshold Crossed: 3 datapoints were greater than the threshold (5.0)." : "Threshold Crossed";
  await access.query("monitoring", { Action: "SetAlarmState", AlarmName, StateValue, StateReason: reason });
}

/** Resolves when a task of the shop was killed. */
function killed(aws: AwsAccount): Promise<void> {
  return until(() => aws.services.named("shop")!.tasks.some(({ containers }) => containers.some(({ exitCode }) => exitCode === 137)));
}

/** Resolves when each service runs as many tasks as it is to run, of the revision that was asked for last. */
function settled(aws: AwsAccount): Promise<void> {
  return until(() =>
    ["shop", "clock"].every((name) => {
      const { tasks, desiredCount, current, primary } = aws.services.named(name)!;
      const running = tasks.filter(({ lastStatus, startedBy }) => lastStatus === "RUNNING" && startedBy === primary.deploymentId);
      return current?.status !== "IN_PROGRESS" && running.length === desiredCount;
    }),
  );
}

async function until(isThere: () => boolean): Promise<void> {
  for (const end = Date.now() + 120_000; !isThere(); await sleep(250))
    if (Date.now() > end) throw new SandboxError("It has not come to that within two minutes.");
}
