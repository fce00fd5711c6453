import { setTimeout as sleep } from "node:timers/promises";

import type { ComposeEngine } from "./composeEngine";
import { containersBy, type LocalContainer } from "./containers";

/**
 * How a container ended last that Docker started again and again: while it runs once more, its state has an exit code of 0. The engine's events have it, and an
 * engine that keeps none is looked at until it ends again.
 */
export async function lastEnd(compose: ComposeEngine, container: LocalContainer): Promise<LocalContainer> {
  const told = await toldEnd(compose, container.id);
  return told ? { ...container, ...told } : onceEnded(compose, container);
}

/** Attributes of an event, as far as they are of use. */
interface EngineEvent {
  Action?: string;
  status?: string;
  Actor?: { Attributes?: { exitCode?: string } };
}

async function toldEnd({ engine }: ComposeEngine, id: string): Promise<Pick<LocalContainer, "exitCode" | "outOfMemory"> | undefined> {
  const filters = [`container=${id}`, "event=die", "event=oom"].flatMap((filter) => ["--filter", filter]);
  const asked = ["events", "--since", "24h", "--until", "0s", ...filters, "--format", "{{json .}}"];
  const { stdout } = await engine.call(asked, { timeoutSeconds: 20 });
  const events = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as EngineEvent);
  const actions = events.map(({ Action, status }) => Action ?? status);
  const last = actions.lastIndexOf("die");
  const exitCode = Number(events[last]?.Actor?.Attributes?.exitCode);
  if (!Number.isInteger(exitCode)) return undefined;
  // That memory ran out is told before the end or a little after it.
  const before = actions.slice(0, last).lastIndexOf("die");
  return { exitCode, outOfMemory: actions.slice(before + 1).includes("oom") };
}

async function onceEnded(compose: ComposeEngine, container: LocalContainer): Promise<LocalContainer> {
  for (let looks = 0; looks < 20; looks++) {
    const [now] = await containersBy(compose, [container.id]);
    if (!now || now.state !== "running") return now ?? container;
    await sleep(250);
  }
  return container;
}
