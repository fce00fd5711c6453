import { posix } from "node:path";
import { UserError } from "@fairlead/model";

import { colorsOf } from "../../operate/terminal";
import { textOf } from "../../textOf";
import { bringUp, notUp, type BringUpOptions } from "../bringUp";
import { ComposeEngine } from "../composeEngine";
import { unlessInterrupted } from "../interrupts";
import { namedLocal, openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { renderAddress, renderStates } from "../renderLocal";
import { secretsDigest } from "../secrets";
import { FileChanges } from "../watch/fileChanges";
import { Watching } from "../watch/watching";
import { isUp } from "../watchParts";
import { Begun, stop } from "./up";

/** Options of `fairlead local watch`. */
export type WatchOptions = LocalOptions & Omit<BringUpOptions, "build">;

/** Brings an environment up, and does what changed files ask for until somebody ends it. */
export async function watch(names: string[], options: WatchOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  // Before anything is planned: what is saved meanwhile counts.
  const files = await FileChanges.of(namedLocal(options).project.root);
  let watching: Watching | undefined;
  const begun = new Begun();
  try {
    const local = await openLocal(options, compose);
    await files.keep(watchedPaths(local));
    for (;;) {
      const done = await unlessInterrupted(
        compose,
        watching ? take(files, watching) : beginWatching(compose, local, names, { ...options, onBegin: begun.onBegin }),
        () => watching?.end(),
      );
      if (done === "interrupted") break;
      watching ??= done;
    }
    if (begun.isBegun) await stop(local, begun.others);
    process.exit(130);
  } finally {
    watching?.end();
    await files.stop();
  }
}

async function take(files: FileChanges, watching: Watching): Promise<Watching> {
  await watching.take(await files.next());
  await files.keep(watchedPaths(watching.current));
  return watching;
}

/** What Compose builds images again for. */
function watchedPaths({ environment: { compose } }: OpenLocal): string[] {
  return Object.values(compose.services).flatMap(({ develop }) => (develop?.watch ?? []).map(({ path }) => posix.normalize(path)));
}

/** What does not come up is told, and mended by what is saved next. */
async function beginWatching(compose: ComposeEngine, local: OpenLocal, names: string[], options: WatchOptions): Promise<Watching> {
  const colors = colorsOf(process.stdout);
  const { environment, url } = local;
  const secrets = secretsDigest(local);
  let isBegun = false;
  try {
    const parts = await bringUp(compose, local, names, options);
    isBegun = true;
    process.stdout.write(`${renderStates(parts, environment.urlOf, colors).join("\n")}\n\n`);
    if (!isUp(parts)) throw await notUp(compose, local, parts);
  } catch (error) {
    if (!(error instanceof UserError) || compose.hasEnded) throw error;
    process.stderr.write(`${textOf(error)}\n`);
  }
  process.stdout.write(`${renderAddress(url, environment.notes, colors).join("\n")}\n`);
  const watching = await Watching.of(compose, { local, names, options, secrets, isBegun });
  process.stderr.write("Watching. Ctrl-C stops it.\n");
  return watching;
}
