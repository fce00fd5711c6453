import { rmSync } from "node:fs";
import { UserError } from "@fairlead/model";

import { ComposeEngine } from "../composeEngine";
import { containersOf, type LocalContainer } from "../containers";
import { imagesThere } from "../images";
import { forgetKnown } from "../known";
import { alone } from "../lock";
import { namedLocal, type LocalOptions, type NamedLocal } from "../openLocal";
import { forgetBroughtUp } from "../place";

/** Options of `fairlead local down`. */
export interface DownOptions extends LocalOptions {
  volumes?: boolean;
}

/** Removes containers and networks of an environment, and what it keeps where that is asked for. */
export async function down({ volumes, ...options }: DownOptions): Promise<void> {
  const compose = await ComposeEngine.find();
  const { stack, ...local } = namedLocal(options);
  const removed = await remove(compose, local, { volumes });
  const what =
    removed === 0 ? "Nothing of it was there" : `${removed} ${removed === 1 ? "container is" : "containers are"} gone, and their networks`;
  const kept = volumes ? "Its volumes are gone as well." : "Its volumes are kept: `npx fairlead local reset` drops them.";
  process.stderr.write(`${stack}: ${what}. ${kept}\n`);
}

/** The same for one that is known. @returns how many containers there were */
export async function remove(
  compose: ComposeEngine,
  { place }: Pick<NamedLocal, "place">,
  options: Pick<DownOptions, "volumes">,
): Promise<number> {
  return alone(compose, place, async () => {
    forgetBroughtUp(place);
    forgetKnown(place.folder);
    const containers = await takeDown(compose, place.project, options);
    if (options.volumes) rmSync(place.folder, { recursive: true, force: true });
    return containers;
  });
}

/**
 * Removes all that Compose has of a project; with its volumes the images as well that were built for it of what no commit holds.
 *
 * @returns how many containers there were
 */
export async function takeDown(compose: ComposeEngine, project: string, { volumes }: Pick<DownOptions, "volumes">): Promise<number> {
  const containers = await containersOf(compose, project);
  const { status, output } = await compose.showOf(project, ["down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])]);
  if (status !== 0) throw new UserError(`${compose.engine.name} compose down ended with exit code ${status}.\n${output.trim()}`);
  if (volumes) await removeImages(compose, containers);
  return containers.length;
}

/** Of sources that no commit holds, under the names that these containers' images have. The engine keeps those that others run. */
async function removeImages(compose: ComposeEngine, containers: readonly LocalContainer[]): Promise<void> {
  const repositories = new Set(containers.map(({ image }) => image.split(":")[0]!));
  const images = [...(await imagesThere(compose))].filter((image) => image.includes("-dirty-") && repositories.has(image.split(":")[0]!));
  if (images.length > 0) await compose.engine.call(["image", "rm", ...images]);
}
