import { rmSync } from "node:fs";
import { UserError } from "@fairlead/model";

import { ComposeEngine } from "../composeEngine";
import { composeArguments, writeCompose } from "../files";
import { openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { remember, remembered } from "../place";

/** Options of `fairlead local down`. */
export interface DownOptions extends LocalOptions {
  volumes?: boolean;
}

/** Removes containers and networks of an environment, and what it keeps where that is asked for. */
export async function down({ volumes, ...options }: DownOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  await remove(compose, await openLocal(options, compose), { volumes });
}

/** The same for one that was opened. */
export async function remove(compose: ComposeEngine, local: OpenLocal, { volumes }: Pick<DownOptions, "volumes">): Promise<void> {
  writeCompose(local);
  const words = ["--profile", "jobs", "down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])];
  const { status, output } = await compose.show([...composeArguments(local), ...words]);
  if (status !== 0) throw new UserError(`docker compose down ended with exit code ${status}.\n${output.trim()}`);
  const { folder } = local.place;
  if (volumes) rmSync(folder, { recursive: true, force: true });
  else remember(folder, { ...remembered(folder), broughtUp: undefined });
}
