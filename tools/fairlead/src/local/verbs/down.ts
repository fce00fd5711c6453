import { rmSync } from "node:fs";
import { UserError } from "@fairlead/model";

import { ComposeEngine } from "../composeEngine";
import { namedLocal, type LocalOptions, type NamedLocal } from "../openLocal";
import { forgetBroughtUp } from "../place";

/** Options of `fairlead local down`. */
export interface DownOptions extends LocalOptions {
  volumes?: boolean;
}

/** Removes containers and networks of an environment, and what it keeps where that is asked for. */
export async function down({ volumes, ...options }: DownOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  await remove(compose, namedLocal(options), { volumes });
}

/** The same for one that is known. */
export async function remove(
  compose: ComposeEngine,
  { place: { project, folder } }: NamedLocal,
  options: Pick<DownOptions, "volumes">,
): Promise<void> {
  forgetBroughtUp(folder);
  await takeDown(compose, project, options);
  if (options.volumes) rmSync(folder, { recursive: true, force: true });
}

/** Removes all that Compose has of a project. */
export async function takeDown(compose: ComposeEngine, project: string, { volumes }: Pick<DownOptions, "volumes">): Promise<void> {
  const { status, output } = await compose.showOf(project, ["down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])]);
  if (status !== 0) throw new UserError(`${compose.engine.name} compose down ended with exit code ${status}.\n${output.trim()}`);
}
