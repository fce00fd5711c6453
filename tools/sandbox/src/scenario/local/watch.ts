import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";

import { edit } from "../../edit";
import { expectEqual, report } from "../../expectations";
import type { ComposeEngine } from "../../machine/compose";
import { step } from "../../progress";
import { fairleadLocal, fetchFrom, localUp } from "./command";

/** What somebody saves takes effect while `local watch` runs: sources, a manifest, and mistakes in both. */
export async function checkWatch(engine: ComposeEngine, checkout: string): Promise<void> {
  const watching = startWatching(engine, checkout);
  try {
    await step("fairlead local watch web", () => watching.says(/^Watching\./m));
    const [address = ""] = /^http:\/\/localhost:\d+\/$/m.exec(watching.text()) ?? [];
    await checkSources(engine, checkout, watching, address);
    await checkManifest(engine, checkout, watching);
  } finally {
    watching.interrupt();
  }
  expectEqual("Ctrl-C stops all, and says so by its exit code", [await watching.ended, await namesOfRunning(engine)], [130, ""]);
  const up = await step("fairlead local up, after it", () => localUp(engine, checkout, "web"));
  const { stdout } = await engine.run(["docker", "ps", "--format", "{{.Image}}", "--filter", "label=fairlead.task=web"]);
  expectEqual(
    "`up` runs the images of the sources again",
    [up.status === 0 || up.stderr, /^fairlead\.local\/web:1\.0\.0-(?!dirty)/.test(stdout)],
    [true, true],
  );
  const reset = await fairleadLocal(engine, checkout, "reset");
  expectEqual("and all of it goes", reset.status, 0);
}

async function checkSources(engine: ComposeEngine, checkout: string, watching: Watching, address: string): Promise<void> {
  const page = join(checkout, "apps/web/src/page.js");
  const began = performance.now();
  const undo = edit(page, (text) => text.replace("<h1>Users and reports</h1>", "<h1>Saved just now</h1>"));
  const isSeen = await until(async () => (await fetchFrom(engine, address)).includes("Saved just now"));
  report(`From saving web's page to its answer at the load balancer: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  expectEqual("a page that is saved is served", isSeen, true);
  await watching.says(/^web: src\/page\.js changed, rebuilt in/m);

  const dockerignore = edit(join(checkout, "apps/web/.dockerignore"), (text) => text.replace("!src\n", ""));
  await watching.says(/\.dockerignore changed, and what ran before runs on:\nFL2703 /m);
  expectEqual("a build that fails ends nothing", (await fetchFrom(engine, address)).includes("Saved just now"), true);
  dockerignore();
  undo();
  expectEqual(
    "and what is saved next is served again",
    await until(async () => (await fetchFrom(engine, address)).includes("<h1>Users and reports</h1>")),
    true,
  );
}

async function checkManifest(engine: ComposeEngine, checkout: string, watching: Watching): Promise<void> {
  const manifest = join(checkout, "apps/web/service.yaml");
  const greeting = async () => (await fairleadLocal(engine, checkout, "exec", "web", "--", "printenv", "GREETING")).stdout.trim();
  const undo = edit(manifest, (text) => `${text}environment:\n  GREETING: hello\n`);
  await watching.says(/service\.yaml changed: web anew/m);
  expectEqual("a variable of a manifest that is saved is the container's", await greeting(), "hello");
  const running = await namesOfRunning(engine);
  const mend = edit(manifest, (text) => `${text}cpus: 3\n`);
  await watching.says(/service\.yaml:\d+:1 {2}FL1002/m);
  expectEqual("a manifest with mistakes is told, and ends nothing", await namesOfRunning(engine), running);
  mend();
  undo();
  await watching.says(/service\.yaml changed: web anew[^]*service\.yaml changed: web anew/m);
}

interface Watching {
  text: () => string;
  says: (pattern: RegExp) => Promise<void>;
  interrupt: () => void;
  ended: Promise<number>;
}

function startWatching(engine: ComposeEngine, checkout: string): Watching {
  const words = [join(checkout, "tools/fairlead/bin/fairlead.js"), "local", "watch", "--timeout", "900", "web"];
  const child = engine.spawn([process.execPath, ...words], { cwd: checkout, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  const says = async (pattern: RegExp) => {
    const isSaid = await until(() => Promise.resolve(pattern.test(text) || child.exitCode !== null));
    if (!isSaid || !pattern.test(text)) throw new Error(`local watch did not say ${String(pattern)}, but:\n${text.slice(-3000)}`);
  };
  return { text: () => text, says, interrupt: () => child.kill("SIGINT"), ended };
}

/** For what takes seconds on a machine that is idle. */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
  for (const began = Date.now(); Date.now() - began < 600_000; await sleep(100)) if (await isSo()) return true;
  return false;
}

async function namesOfRunning(engine: ComposeEngine): Promise<string> {
  return (await engine.run(["docker", "ps", "--format", "{{.Names}}"])).stdout.split("\n").filter(Boolean).sort().join(" ");
}
