import { UserError } from "@fairlead/model";

import { colorsOf } from "../../operate/terminal";
import { textOf } from "../../textOf";
import { ComposeEngine } from "../composeEngine";
import { unlessInterrupted } from "../interrupts";
import { openLocal, type OpenLocal } from "../openLocal";
import { renderAddress, renderStates } from "../renderLocal";
import { FileChanges } from "../watch/fileChanges";
import { Watching } from "../watch/watching";
import { isUp } from "../watchParts";
import { bringUp, notUp } from "../bringUp";
import { stop, type UpOptions } from "./up";

/** Options of `fairlead local watch`. */
export type WatchOptions = Omit<UpOptions, "detach" | "build">;

/** Brings an environment up, and does what changed files ask for until somebody ends it. */
export async function watch(names: string[], options: WatchOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  const local = await openLocal(options, compose);
  // Before anything is built: what is saved meanwhile counts.
  const files = await FileChanges.of(local.project.root);
  let watching: Watching | undefined;
  try {
    for (;;) {
      const done = await unlessInterrupted(
        compose,
        watching
          ? files
              .next()
              .then((paths) => watching!.take(paths))
              .then(() => true)
          : tellWhatIsUp(compose, local, names, options),
      );
      if (done === "interrupted") break;
      watching ??= await Watching.of(compose, local, names, options, done === true);
    }
    watching?.end();
    await stop(watching?.local ?? local);
  } finally {
    await files.stop();
  }
}

/** What does not come up is told, and mended by what is saved next. @returns whether it was built and started */
async function tellWhatIsUp(compose: ComposeEngine, local: OpenLocal, names: string[], options: WatchOptions): Promise<boolean> {
  const colors = colorsOf(process.stdout);
  const { environment, url } = local;
  let isBegun = false;
  try {
    const parts = await bringUp(compose, local, names, options);
    isBegun = true;
    process.stdout.write(`${renderStates(parts, environment.urlOf, colors).join("\n")}\n\n`);
    if (!isUp(parts)) throw await notUp(compose, local, parts);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${textOf(error)}\n`);
  }
  process.stdout.write(`${renderAddress(url, environment.notes, colors).join("\n")}\n`);
  process.stderr.write("Watching. Ctrl-C stops it.\n");
  return isBegun;
}
