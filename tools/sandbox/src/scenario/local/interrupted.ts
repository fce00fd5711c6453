import { join } from "node:path";

import { expectEqual, report } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { step } from "../../progress";
import { allOf, fairleadLocal, localUp } from "./command";

/** Of the environment, not of what other scenarios have left. */
const own = ["--filter", "name=fairlead-dev"];

/** What of an environment is there by the time that it is killed. */
const moments: Record<string, (engine: ComposeEngine) => Promise<boolean>> = {
  "with its first network": (engine) => lists(engine, ["network", "ls", "--quiet", ...own]),
  "with its first container": (engine) => lists(engine, ["ps", "--all", "--quiet", ...own]),
  "with its first container that runs": (engine) => lists(engine, ["ps", "--quiet", ...own]),
  "with its database": (engine) =>
    lists(engine, ["ps", "--quiet", "--filter", "health=healthy", "--filter", "name=fairlead-dev.*postgres"]),
};

/** `kill -9` of the command, while it brings an environment up and while it takes it away; then it is brought up as if nothing had been. */
export async function checkInterrupted(engine: ComposeEngine, checkout: string): Promise<void> {
  const before = await allOf(engine);
  for (const [moment, isThere] of Object.entries(moments)) {
    const wasKilled = await step(`fairlead local up, killed ${moment}`, () =>
      killed(engine, checkout, ["up", "--detach"], () => isThere(engine)),
    );
    expectEqual(`killed ${moment}, before it was done`, wasKilled, true);
    await checkUp(engine, checkout, `killed ${moment}, another up`);
    const down = await fairleadLocal(engine, checkout, "down");
    expectEqual(
      `killed ${moment}, and down: no container and no network is left`,
      [down.status, withoutVolumes(await allOf(engine))],
      [0, withoutVolumes(before)],
    );
  }
  await checkUp(engine, checkout, "once more, up");
  const running = await count(engine);
  const wasKilled = await step("fairlead local down, killed as the first container ends", () =>
    killed(engine, checkout, ["down"], async () => (await count(engine)) < running),
  );
  report(wasKilled ? "down was killed before it was done" : "down was faster than the look at it");
  await checkUp(engine, checkout, "down killed, another up");
  const reset = await fairleadLocal(engine, checkout, "reset");
  expectEqual("reset leaves nothing of all that", [reset.status, await allOf(engine)], [0, before]);
}

async function checkUp(engine: ComposeEngine, checkout: string, what: string): Promise<void> {
  const { status, stdout, stderr } = await step(what, () => localUp(engine, checkout));
  const states = [...stdout.matchAll(/^([a-z.-]+) +(up|done) /gm)].map(([, name]) => name);
  expectEqual(
    `${what} brings all up`,
    [status, states.includes("web"), states.includes("report-writer")],
    status === 0 ? [0, true, true] : [stderr],
  );
}

/** Ends the command, and nothing else, as soon as something is so. @returns whether it worked until then */
async function killed(engine: ComposeEngine, checkout: string, words: readonly string[], isSo: () => Promise<boolean>): Promise<boolean> {
  const child = engine.spawn([process.execPath, join(checkout, "tools/fairlead/bin/fairlead.js"), "local", ...words], {
    cwd: checkout,
    stdio: "ignore",
  });
  const ended = new Promise<boolean>((resolve) => child.once("close", (_, signal) => resolve(signal === "SIGKILL")));
  while (child.exitCode === null && !(await isSo())) continue;
  child.kill("SIGKILL");
  return ended;
}

const lists = async (engine: ComposeEngine, words: readonly string[]) => (await engine.run(["docker", ...words])).stdout.trim() !== "";

const count = async (engine: ComposeEngine) =>
  (await engine.run(["docker", "ps", "--quiet", ...own])).stdout.split("\n").filter(Boolean).length;

const withoutVolumes = (all: string) => all.split("; ").slice(0, 2);
