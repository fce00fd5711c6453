import type { Task } from "@fairlead/local";

import type { ComposeEngine } from "../composeEngine";
import { notBuilt, NotStarted } from "../composeErrors";
import { composeArguments, writeCompose } from "../files";
import { changedImages } from "../images";
import { alone } from "../lock";
import { checkSecrets } from "../secrets";
import { withImages, type OpenLocal } from "../openLocal";
import { forgetBroughtUp } from "../place";

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
    const images = changedImages(local, tasks);
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

  private start(local: OpenLocal, images: Record<string, string>): Promise<Rebuilt> {
    return alone(this.compose, local.place, () => this.startAlone(local, images));
  }

  private async startAlone(local: OpenLocal, images: Record<string, string>): Promise<Rebuilt> {
    checkSecrets(local);
    const next = withImages(local, images);
    const isThere = Object.values(images).every((image) => this.there.has(image));
    forgetBroughtUp(local.place);
    writeCompose(next);
    const words = ["up", "--detach", "--no-deps", isThere ? "--no-build" : "--build", ...Object.keys(images)];
    const { status, output } = await this.compose.show([...composeArguments(next), "--progress", "plain", ...words], { quiet: true });
    if (status !== 0 && !isThere && !(await this.areThere(Object.values(images)))) {
      writeCompose(local);
      return { local, started: [], failures: [notBuilt(output, " What ran before runs on.")], notStarted: [] };
    }
    // Where it was built and doesn't start, what ran before is gone.
    this.took(local, next);
    this.forgetMisnamed(next, Object.keys(images));
    return { local: next, started: Object.keys(images), failures: [], notStarted: status === 0 ? [] : [new NotStarted(output)] };
  }

  /** What was saved while an image was built may be in it, and is in no name: what is saved next, or that, is built anew. */
  private forgetMisnamed(local: OpenLocal, names: readonly string[]): void {
    const tasks = local.environment.tasks.filter(({ name }) => names.includes(name));
    for (const name of Object.keys(changedImages(local, tasks))) {
      const { image } = local.environment.compose.services[name]!;
      this.there.delete(image);
      this.own.add(image);
    }
  }

  private async areThere(images: readonly string[]): Promise<boolean> {
    return (await this.compose.call(["image", "inspect", "--format", "{{.Id}}", ...images])).status === 0;
  }
}

function imagesBuilt({ environment: { tasks, compose } }: OpenLocal): Set<string> {
  return new Set(tasks.filter(({ build }) => build).map(({ name }) => compose.services[name]!.image));
}
