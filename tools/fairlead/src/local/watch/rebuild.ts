import { join } from "node:path";
import { imageTag } from "@fairlead/images";
import { buildImageName, type Task, type TaskBuild } from "@fairlead/local";
import { coded, imageTagParts, UserError } from "@fairlead/model";
import { sourceRevisions } from "@fairlead/registry";

import type { ComposeEngine } from "../composeEngine";
import { composeArguments, writeCompose } from "../files";
import { withImages, type OpenLocal } from "../openLocal";
import { forgetBroughtUp } from "../place";
import { lastWords } from "../bringUp";

type Built = Task & { build: TaskBuild };

/** Builds images anew whose sources changed. An image is called by its sources, as the plan calls it: what `up` makes of the same sources is the same. */
export class Rebuilder {
  /** Images that the engine has. */
  private readonly there: Set<string>;
  /** Those of them that were built here, and are nobody's when the next one runs. */
  private readonly own = new Set<string>();

  constructor(
    private readonly compose: ComposeEngine,
    there: Iterable<string>,
  ) {
    this.there = new Set(there);
  }

  /**
   * Builds and starts services and jobs anew, all in one go; where that fails, each by itself, so that one that is broken keeps no other.
   *
   * @returns the environment with what was started, and whose images are as they were, however often their files were saved
   * @throws UserError where none could be started
   */
  async rebuild(local: OpenLocal, tasks: readonly Task[]): Promise<{ local: OpenLocal; started: string[]; failures: unknown[] }> {
    const images = this.imagesOf(local, tasks);
    const names = Object.keys(images);
    if (names.length === 0) return { local, started: [], failures: [] };
    try {
      return { local: await this.start(local, images), started: names, failures: [] };
    } catch (error) {
      if (names.length === 1) return { local, started: [], failures: [error] };
    }
    let now = local;
    const [started, failures]: [string[], unknown[]] = [[], []];
    for (const name of names) {
      try {
        now = await this.start(now, { [name]: images[name]! });
        started.push(name);
      } catch (error) {
        failures.push(error);
      }
    }
    return { local: now, started, failures };
  }

  /** Of those whose sources are others than those that run. */
  private imagesOf(local: OpenLocal, tasks: readonly Task[]): Record<string, string> {
    const built = tasks.filter((task): task is Built => task.build !== undefined);
    const { root } = local.project;
    const revisions = sourceRevisions(
      built.map(({ build }) => ({ context: join(root, build.context), dockerfile: join(root, build.dockerfile) })),
    );
    const images = built.map(({ name, build }, index) => {
      const version = imageTagParts(build.tag)?.version ?? build.tag;
      const tag = imageTag({ version, revision: revisions[index]!.revision, target: build.target, buildArgs: build.args });
      return [name, buildImageName(name, tag, local.environment.compose.services[name]!.platform)] as const;
    });
    return Object.fromEntries(images.filter(([name, image]) => local.environment.compose.services[name]!.image !== image));
  }

  private async start(local: OpenLocal, images: Record<string, string>): Promise<OpenLocal> {
    const next = withImages(local, images);
    const isThere = Object.values(images).every((image) => this.there.has(image));
    forgetBroughtUp(local.place.folder);
    writeCompose(next);
    const words = ["up", "--detach", "--no-deps", isThere ? "--no-build" : "--build", ...Object.keys(images)];
    const { status, output } = await this.compose.show([...composeArguments(next), "--progress", "plain", ...words], { quiet: true });
    if (status !== 0) {
      writeCompose(local);
      const wasBuilt = isThere || (await this.areThere(Object.values(images)));
      throw new UserError(
        wasBuilt
          ? coded("FL2706", ["docker compose up ended with an error.", ...lastWords(output)].join("\n"))
          : coded("FL2703", ["docker compose build ended with an error. What ran before runs on.", ...lastWords(output)].join("\n")),
      );
    }
    this.replace(local, images, isThere);
    return next;
  }

  private async areThere(images: readonly string[]): Promise<boolean> {
    return (await this.compose.call(["image", "inspect", "--format", "{{.Id}}", ...images])).status === 0;
  }

  /** Each save would leave another image behind. */
  private replace(local: OpenLocal, images: Record<string, string>, wasThere: boolean): void {
    const before = Object.keys(images).map((name) => local.environment.compose.services[name]!.image);
    for (const image of Object.values(images)) {
      this.there.add(image);
      if (!wasThere) this.own.add(image);
    }
    const nobodys = before.filter((image) => this.own.delete(image));
    if (nobodys.length === 0) return;
    for (const image of nobodys) this.there.delete(image);
    void this.compose.call(["image", "rm", ...nobodys]).catch(() => undefined);
  }
}
