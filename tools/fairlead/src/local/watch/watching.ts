import { posix } from "node:path";
import { firstFew, printableLine } from "@fairlead/model";

import { colorsOf } from "../../operate/terminal";
import { textOf } from "../../textOf";
import { begin, imagesThere, type BringUpOptions } from "../bringUp";
import { startedTasks } from "../choice";
import type { ComposeEngine } from "../composeEngine";
import { writeCompose } from "../files";
import { openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { digestWith } from "../secrets";
import { changesIn } from "./changes";
import { differing } from "./differing";
import { FollowedLogs } from "./followedLogs";
import { Outcome } from "./outcome";
import { planAfresh } from "./planAfresh";
import { Rebuilder } from "./rebuild";

/** What an environment is when {@link Watching} begins. */
export interface BroughtUp {
  local: OpenLocal;
  /** Services and jobs that were asked for; all where none is. */
  names: readonly string[];
  options: LocalOptions & Pick<BringUpOptions, "timeout">;
  /** Digest of the secrets that containers have got. */
  secrets: string;
  /** Whether it was built and started. */
  isBegun: boolean;
}

/** An environment that follows its files. What can't be done is told, and what runs is left as it is. */
export class Watching {
  private readonly logs: FollowedLogs;
  private readonly outcome: Outcome;
  private readonly colors = colorsOf(process.stderr);
  private local: OpenLocal;
  private secrets: string;
  private isBegun: boolean;
  /** Why it couldn't be planned, built or started when that was tried last. */
  private failure = "";
  /** Whether the program that this process has loaded is another one than that on the disk. */
  private isProgramOld = false;
  /** Whether images were named and built since something was saved last. */
  private isFresh = true;

  private constructor(
    private readonly compose: ComposeEngine,
    private readonly begun: BroughtUp,
    private readonly rebuilder: Rebuilder,
  ) {
    const { local, names, options, secrets, isBegun } = begun;
    [this.local, this.secrets, this.isBegun] = [local, secrets, isBegun];
    this.logs = new FollowedLogs(compose);
    this.outcome = new Outcome(compose, names, Number(options.timeout));
    this.logs.follow(local);
  }

  static async of(compose: ComposeEngine, begun: BroughtUp): Promise<Watching> {
    return new Watching(compose, begun, new Rebuilder(compose, await imagesThere(compose)));
  }

  /** Does what changed files ask for. */
  async take(paths: readonly string[]): Promise<void> {
    const { program, settings, sources } = changesIn(paths, this.local, this.begun.names);
    if (program.length > 0) this.isProgramOld = true;
    if (this.isFresh) this.rebuilder.distrust(this.local, [...sources.keys()]);
    this.isFresh = false;
    const planned = [...program, ...settings];
    // What mends a plan or a build may be a file that nothing has named yet.
    const isDue = !this.isBegun || this.failure !== "";
    if ((planned.length > 0 || isDue) && (await this.planOrTell(planned, paths))) return;
    if (sources.size === 0 || !this.isBegun) return;
    await this.rebuild(sources).catch((error: unknown) => {
      this.tellFailure([...sources.values()].flat(), error);
      this.outcome.follow(this.local, []);
    });
  }

  end(): void {
    this.outcome.pause();
    this.logs.stop();
  }

  /** @returns whether it could be planned, built and started */
  private async planOrTell(planned: readonly string[], paths: readonly string[]): Promise<boolean> {
    const files = planned.length > 0 ? planned : paths;
    try {
      await this.plan(files);
      this.failure = "";
      return true;
    } catch (error) {
      const [first = ""] = textOf(error).split("\n");
      if (planned.length > 0 || first !== this.failure) this.tellFailure(files, error);
      this.failure = first;
      return false;
    }
  }

  private async rebuild(sources: ReadonlyMap<string, string[]>): Promise<void> {
    const started = performance.now();
    const tasks = startedTasks(this.local, this.begun.names).filter(({ name }) => sources.has(name));
    this.outcome.pause();
    const replaced = this.logs.replacing(tasks.map(({ name }) => name));
    const rebuilt = await this.rebuilder.rebuild(this.local, tasks).finally(() => setTimeout(replaced, 2000).unref());
    this.local = rebuilt.local;
    for (const { name, build } of tasks.filter((task) => rebuilt.started.includes(task.name))) {
      const files = sources.get(name)!.map((path) => posix.relative(build!.context, path));
      this.tell(`${name}: ${listed(files)} changed, rebuilt in ${since(started)}`);
    }
    for (const error of rebuilt.notStarted) process.stderr.write(`${textOf(error)}\n`);
    for (const error of rebuilt.failures) this.tellFailure([...sources.values()].flat(), error);
    this.outcome.follow(this.local, rebuilt.started);
  }

  private async plan(files: readonly string[]): Promise<void> {
    const started = performance.now();
    const { options, names } = this.begun;
    const { platform, config } = options;
    const { root } = this.local.project;
    const afresh = this.isProgramOld ? (_: unknown, stack: string) => planAfresh({ stack, platform, config }, root) : undefined;
    this.outcome.pause();
    // Compose draws where it builds, and a plan keeps what is printed apart: lines of others between would tear the one and be lost to the other.
    this.logs.stop();
    let changed: string[] = [];
    try {
      const next = await openLocal({ ...options, stack: this.local.stack }, this.compose, afresh);
      const secrets = digestWith(next, "");
      const hasOtherSecrets = secrets !== this.secrets;
      const isOther = !this.isBegun || hasOtherSecrets || next.text !== this.local.text;
      changed = differing(this.local, next, hasOtherSecrets);
      if (isOther) await this.begin(next, names);
      [this.local, this.secrets] = [next, secrets];
      const what = isOther ? firstFew(changed, 6) || "brought up" : "all is as it was";
      this.tell(`${listed(files)} changed: ${changed.length > 0 && isOther ? `${what} anew` : what}, after ${since(started)}`);
    } finally {
      this.logs.follow(this.local);
      this.outcome.follow(this.local, changed);
    }
  }

  private async begin(next: OpenLocal, names: readonly string[]): Promise<void> {
    try {
      await begin(this.compose, next, names);
    } catch (error) {
      writeCompose(this.local);
      throw error;
    }
    this.rebuilder.took(this.local, next);
    [this.isBegun, this.isFresh] = [true, true];
  }

  private tell(line: string): void {
    process.stderr.write(`${this.colors.green(printableLine(line))}\n`);
  }

  private tellFailure(files: readonly string[], error: unknown): void {
    if (this.compose.hasEnded) return;
    process.stderr.write(`${this.colors.red(printableLine(`${listed(files)} changed, and what ran before runs on:`))}\n${textOf(error)}\n`);
  }
}

const listed = (paths: readonly string[]): string => firstFew([...paths], 2);

const since = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
