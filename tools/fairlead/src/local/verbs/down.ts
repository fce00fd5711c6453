import { rmSync } from "node:fs";
import { parse } from "node:path";
import { UserError } from "@fairlead/model";

import { ComposeEngine } from "../composeEngine";
import { namedLocal, type LocalOptions, type NamedLocal } from "../openLocal";
import { remember, remembered } from "../place";

/** Options of `fairlead local down`. */
export interface DownOptions extends LocalOptions {
  volumes?: boolean;
}

/** Removes containers and networks of an environment, and what it keeps where that is asked for. */
export async function down({ volumes, ...options }: DownOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  await remove(compose, namedLocal(options), { volumes });
}

/**
 * The same for one that is known. By its name and without its file, so that Compose looks for all that has its label: a file names what is there now, and one that
 * lacks a secret is none.
 */
export async function remove(
  compose: ComposeEngine,
  { place: { project, folder } }: NamedLocal,
  { volumes }: Pick<DownOptions, "volumes">,
): Promise<void> {
  remember(folder, { ...remembered(folder), broughtUp: undefined });
  const words = ["--project-name", project, "down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])];
  const { status, output } = await compose.show(words, withoutFile);
  if (status !== 0) throw new UserError(`${compose.engine.name} compose down ended with exit code ${status}.\n${output.trim()}`);
  if (volumes) rmSync(folder, { recursive: true, force: true });
}

/** Compose would take a file of the current folder, or of one above. */
export const withoutFile = { cwd: parse(process.cwd()).root };
