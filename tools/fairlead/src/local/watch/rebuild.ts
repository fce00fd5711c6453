import { join } from "node:path";
import { imageTag } from "@fairlead/images";
import { buildImageName, type Task, type TaskBuild } from "@fairlead/local";
import { coded, imageTagParts, UserError } from "@fairlead/model";
import { sourceRevisions } from "@fairlead/registry";

import { lastWords } from "../bringUp";
import type { ComposeEngine } from "../composeEngine";
import { composeArguments, writeCompose } from "../files";
import { withImages, type OpenLocal } from "../openLocal";
import { forgetBroughtUp } from "../place";

type Built = Task & { build: TaskBuild };

/** What came of an attempt to build and start services anew. */
export interface Rebuilt {
  local: OpenLocal;
  /** Names of those whose containers are other ones now. */
  started: string[];
  /** Of builds: what ran before runs on. */
  failures: unknown[];
  /** What the engine said where containers could not be started. */
  notStarted: unknown[];
}

/** Builds images anew whose sources changed. An image is called by its sources, as the plan calls it: what `up` makes of the same sources is the same. */
export class Rebuilder {
  /** Images that the engine has. */
  private readonly there: Set<string>;
  /** Those of them that are nobody's when another one runs: of what no commit holds. */
  private readonly own = new Set<string>();

  constructor(
    private readonly compose: ComposeEngine,
    there: Iterable<string>,
  ) {
    this.there = new Set(there);
  }

  /** Builds and starts services and jobs anew, all in one go; where that fails, each by itself, so that one that is broken keeps no other. */
  async rebuild(local: OpenLocal, tasks: readonly Task[]): Promise<Rebuilt> {
    const images = this.imagesOf(local, tasks);
    const names = Object.keys(images);
    if (names.length === 0) return { local, started: [], failures: [], notStarted: [] };
    const together = await this.start(local, images);
    if (names.length === 1 || together.failures.length === 0) return together;
    const all: Rebuilt = { local, started: [], failures: [], notStarted: [] };
    for (const name of names) {
      const one = await this.start(all.local, { [name]: images[name]! });
      all.local = one.local;
      for (const key of ["started", "failures", "notStarted"] as const) all[key].push(...(one[key] as never[]));
    }
    return all;
  }

  /** The images of these may have been built from what was saved after they had got their names. */
  distrust(local: OpenLocal, names: readonly string[]): void {
    for (const name of names) {
      const { image } = local.environment.compose.services[name]!;
      this.there.delete(image);
      this.own.add(image);
    }
  }

  /** Notes that an environment's images run in another's place. Each save would leave one behind: those that are nobody's go. */
  took(before: OpenLocal, now: OpenLocal): void {
    const [were, are] = [imagesBuilt(before), imagesBuilt(now)];
    for (const image of are) {
      if (!this.there.has(image) && image.includes("-dirty-")) this.own.add(image);
      this.there.add(image);
    }
    const nobodys = [...were].filter((image) => !are.has(image) && this.own.delete(image));
    if (nobodys.length === 0) return;
    for (const image of nobodys) this.there.delete(image);
    void this.compose.call(["image", "rm", ...nobodys]).catch(() => undefined);
  }

  /** Of those whose sources are others than those that run. */
  private imagesOf(local: OpenLocal, tasks: readonly Task[]): Record<string, string> {
    const { services } = local.environment.compose;
    const { root } = local.project;
    const built = tasks.filter((task): task is Built => task.build !== undefined);
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

  private async start(local: OpenLocal, images: Record<string, string>): Promise<Rebuilt> {
    const next = withImages(local, images);
    const isThere = Object.values(images).every((image) => this.there.has(image));
    forgetBroughtUp(local.place.folder);
    writeCompose(next);
    const words = ["up", "--detach", "--no-deps", isThere ? "--no-build" : "--build", ...Object.keys(images)];
    const { status, output } = await this.compose.show([...composeArguments(next), "--progress", "plain", ...words], { quiet: true });
    if (status !== 0 && !isThere && !(await this.areThere(Object.values(images)))) {
      writeCompose(local);
      const failure = coded(
        "FL2703",
        ["docker compose build ended with an error. What ran before runs on.", ...lastWords(output)].join("\n"),
      );
      return { local, started: [], failures: [new UserError(failure)], notStarted: [] };
    }
    // Where it was built and doesn't start, what ran before is gone.
    this.took(local, next);
    const failure = coded("FL2706", ["docker compose up ended with an error.", ...lastWords(output)].join("\n"));
    return { local: next, started: Object.keys(images), failures: [], notStarted: status === 0 ? [] : [new UserError(failure)] };
  }

  private async areThere(images: readonly string[]): Promise<boolean> {
    return (await this.compose.call(["image", "inspect", "--format", "{{.Id}}", ...images])).status === 0;
  }
}

function imagesBuilt({ environment: { tasks, compose } }: OpenLocal): Set<string> {
  return new Set(tasks.filter(({ build }) => build).map(({ name }) => compose.services[name]!.image));
}
