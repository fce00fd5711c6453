import { join } from "node:path";
import { imageTag } from "@fairlead/images";
import { buildImageName, type Task, type TaskBuild } from "@fairlead/local";
import { imageTagParts } from "@fairlead/model";
import { sourceRevisions } from "@fairlead/registry/sourceRevision";

import type { ComposeEngine } from "./composeEngine";
import { notBuilt } from "./composeErrors";
import { composeArguments, writeCompose } from "./files";
import { withImages, type OpenLocal } from "./openLocal";

/** Images that the engine has of what was built here. */
export async function imagesThere(compose: ComposeEngine): Promise<Set<string>> {
  const { stdout } = await compose.call(["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "--filter", "reference=fairlead.local/*"]);
  return new Set(stdout.split("\n").filter(Boolean));
}

/**
 * Builds what isn't there. An image is called by its sources, so that one that is there is what would be built; where they changed while it was built, it is
 * built again, under the name of what they are now.
 *
 * @param all those as well that are there
 * @returns the environment with the images that were built
 */
export async function buildImages(compose: ComposeEngine, local: OpenLocal, tasks: readonly Task[], all: boolean): Promise<OpenLocal> {
  const imageOf = ({ name }: Task) => local.environment.compose.services[name]!.image;
  const there = await imagesThere(compose);
  const due = tasks.filter(({ build }) => build).filter((task) => all || !there.has(imageOf(task)));
  if (due.length === 0) return local;
  if (!process.stderr.isTTY) process.stderr.write(`Building ${due.map(({ name }) => name).join(", ")}\n`);
  const { status, output } = await compose.show([...composeArguments(local), "build", ...due.map(({ name }) => name)]);
  if (status !== 0) throw notBuilt(output);
  const changed = changedImages(local, due);
  const again = due.filter(({ name }) => name in changed);
  if (again.length === 0) return local;
  process.stderr.write(`${again.map(({ name }) => name).join(", ")} changed while it was built, and is built again.\n`);
  await compose.call(["image", "rm", ...again.map(imageOf)]);
  const next = withImages(local, changed);
  writeCompose(next);
  return buildImages(compose, next, again, false);
}

/** The images of those whose sources are others than those that the environment has, by the task's name. */
export function changedImages(local: OpenLocal, tasks: readonly Task[]): Record<string, string> {
  const { services } = local.environment.compose;
  const { root } = local.project;
  const built = tasks.filter((task): task is Task & { build: TaskBuild } => task.build !== undefined);
  const revisions = sourceRevisions(
    built.map(({ build }) => ({ context: join(root, build.context), dockerfile: join(root, build.dockerfile) })),
  );
  const images = built.map(({ name, build }, index) => {
    const version = imageTagParts(build.tag)?.version ?? build.tag;
    const tag = imageTag({ version, revision: revisions[index]!.revision, target: build.target, buildArgs: build.args });
    return [name, buildImageName(name, tag, services[name]!.platform)] as const;
  });
  return Object.fromEntries(images.filter(([name, image]) => services[name]!.image !== image));
}
