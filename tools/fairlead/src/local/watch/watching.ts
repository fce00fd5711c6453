import { posix } from "node:path";
import { firstFew, printableLine } from "@fairlead/model";

import { colorsOf } from "../../operate/terminal";
import { textOf } from "../../textOf";
import { begin, type BringUpOptions } from "../bringUp";
import { startedTasks } from "../choice";
import type { ComposeEngine } from "../composeEngine";
import { NotStarted } from "../composeErrors";
import { writeCompose } from "../files";
import { imagesThere } from "../images";
import { openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { secretsDigest } from "../secrets";
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
  /** Whether Compose has done all that it was told then. */
  private isWhole = true;
  /** Why it couldn't be planned, built or started when that was tried last. */
  private failure = "";
  /** Names of services and jobs that couldn't be built when that was tried last. */
  private readonly unbuilt = new Set<string>();
  /** Whether the program that this process has loaded is another one than that on the disk. */
  private isProgramOld = false;

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
    const planned = [...program, ...settings];
    // What mends a plan or a build may be a file that nothing has named yet.
    const isDue = !this.isBegun || this.failure !== "";
    if ((planned.length > 0 || isDue) && (await this.planOrTell(planned, paths))) return;
    if (sources.size === 0 || !this.isBegun) return;
    await this.rebuild(sources).catch((error: unknown) => {
      this.tellFailure([...sources.values()].flat(), error);
      for (const name of sources.keys()) this.unbuilt.add(name);
      this.outcome.follow(this.local, []);
    });
  }

  /** What was planned last, as far as it could be brought up. */
  get current(): OpenLocal {
    return this.local;
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
      this.unbuilt.clear();
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
    for (const { name, build } of tasks) {
      const isStarted = rebuilt.started.includes(name);
      const wasUnbuilt = this.unbuilt.delete(name);
      const isUnbuilt = !isStarted && rebuilt.failures.length > 0;
      if (isUnbuilt) this.unbuilt.add(name);
      const files = listed(sources.get(name)!.map((path) => posix.relative(build!.context, path)));
      if (isStarted) this.tell(`${name}: ${files} changed, rebuilt in ${since(started)}`);
      else if (wasUnbuilt && !isUnbuilt) this.tell(`${name}: ${files} changed: all is as it was`);
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
      const secrets = secretsDigest(next);
      const hasOtherSecrets = secrets !== this.secrets;
      const isOther = !this.isBegun || !this.isWhole || hasOtherSecrets || next.text !== this.local.text;
      changed = differing(this.local, next, hasOtherSecrets);
      this.local = isOther ? await this.begin(next, names) : next;
      this.secrets = secrets;
      const what = isOther ? firstFew(changed, 6) || "brought up" : "all is as it was";
      this.tell(`${listed(files)} changed: ${changed.length > 0 && isOther ? `${what} anew` : what}, after ${since(started)}`);
    } finally {
      this.logs.follow(this.local);
      this.outcome.follow(this.local, changed);
    }
  }

  private async begin(next: OpenLocal, names: readonly string[]): Promise<OpenLocal> {
    const begun = await begin(this.compose, next, names).catch((error: unknown) => {
      if (error instanceof NotStarted) this.isWhole = false;
      writeCompose(this.local);
      throw error;
    });
    this.rebuilder.took(this.local, begun);
    [this.isBegun, this.isWhole] = [true, true];
    return begun;
  }

  private tell(line: string): void {
    process.stderr.write(`${this.colors.green(printableLine(line))}\n`);
  }

  private get whatRuns(): string {
    if (!this.isWhole) return "some of what ran before may be gone";
    return this.isBegun ? "what ran before runs on" : "nothing was started";
  }

  private tellFailure(files: readonly string[], error: unknown): void {
    if (this.compose.hasEnded) return;
    const text = textOf(error);
    process.stderr.write(`${this.colors.red(printableLine(`${listed(files)} changed, and ${this.whatRuns}:`))}\n${text}\n`);
  }
}

const listed = (paths: readonly string[]): string => firstFew([...paths], 2);

const since = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
