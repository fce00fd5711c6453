import { posix } from "node:path";
import { firstFew, printableLine } from "@fairlead/model";

import { colorsOf } from "../../operate/terminal";
import { textOf } from "../../textOf";
import { startedTasks } from "../choice";
import type { ComposeEngine } from "../composeEngine";
import { writeCompose } from "../files";
import { openLocal, type LocalOptions, type OpenLocal } from "../openLocal";
import { digestWith } from "../secrets";
import { begin, imagesThere } from "../bringUp";
import { changesIn } from "./changes";
import { FollowedLogs } from "./followedLogs";
import { Outcome } from "./outcome";
import { planAfresh } from "./planAfresh";
import { Rebuilder } from "./rebuild";

/** An environment that follows its files. What can't be done is told, and what runs is left as it is. */
export class Watching {
  private readonly logs: FollowedLogs;
  private readonly outcome: Outcome;
  private readonly colors = colorsOf(process.stderr);
  /** Of it, with the values of its secrets. */
  private digest: string;
  /** Why it couldn't be planned, built or started when that was tried last. */
  private failure = "";
  /** Whether the program that this process has loaded is another one than that on the disk. */
  private isProgramOld = false;

  private constructor(
    private readonly compose: ComposeEngine,
    /** As it was brought up last. */
    public local: OpenLocal,
    private readonly names: readonly string[],
    private readonly options: LocalOptions,
    private readonly rebuilder: Rebuilder,
    private isBegun: boolean,
  ) {
    this.digest = digestWith(local, local.text);
    this.logs = new FollowedLogs(compose);
    this.outcome = new Outcome(compose, names);
    this.logs.follow(local);
  }

  /** @param isBegun whether it was built and started */
  static async of(
    compose: ComposeEngine,
    local: OpenLocal,
    names: readonly string[],
    options: LocalOptions,
    isBegun = true,
  ): Promise<Watching> {
    return new Watching(compose, local, names, options, new Rebuilder(compose, await imagesThere(compose)), isBegun);
  }

  /** Does what changed files ask for. */
  async take(paths: readonly string[]): Promise<void> {
    const { program, settings, sources } = changesIn(paths, this.local, this.names);
    if (program.length > 0) this.isProgramOld = true;
    const planned = [...program, ...settings];
    // What mends a plan or a build may be a file that nothing has named yet.
    if (planned.length > 0 || this.isDue) {
      const files = planned.length > 0 ? planned : paths;
      try {
        await this.plan(files);
        this.failure = "";
        return;
      } catch (error) {
        if (planned.length > 0 || textOf(error) !== this.failure) this.tellFailure(files, error);
        this.failure = textOf(error);
      }
    }
    if (sources.size > 0 && this.isBegun) await this.rebuild(sources);
  }

  /** Whether what the files say is not what runs, since it couldn't be planned, built or started. */
  private get isDue(): boolean {
    return !this.isBegun || this.failure !== "";
  }

  end(): void {
    this.outcome.forget();
    this.logs.stop();
  }

  private async rebuild(sources: ReadonlyMap<string, string[]>): Promise<void> {
    const began = performance.now();
    const tasks = startedTasks(this.local, this.names).filter(({ name }) => sources.has(name));
    for (const { name } of tasks) this.logs.replaced.add(name);
    const { local, started, failures } = await this.rebuilder.rebuild(this.local, tasks);
    this.bring(local);
    for (const { name, build } of tasks.filter((task) => started.includes(task.name))) {
      const files = sources.get(name)!.map((path) => posix.relative(build!.context, path));
      this.tell(`${name}: ${listed(files)} changed, rebuilt in ${since(began)}`);
    }
    for (const error of failures) this.tellFailure([...sources.values()].flat(), error);
    if (started.length > 0) this.outcome.follow(local, started);
    setTimeout(() => tasks.forEach(({ name }) => this.logs.replaced.delete(name)), 2000).unref();
  }

  private async plan(files: readonly string[]): Promise<void> {
    const began = performance.now();
    const { config = [] } = this.options;
    const { root } = this.local.project;
    const afresh = this.isProgramOld ? (_: unknown, stack: string) => planAfresh(stack, config, root) : undefined;
    const next = await openLocal({ ...this.options, stack: this.local.stack }, this.compose, afresh);
    const changed = changedTasks(this.local, next, files);
    // Compose draws where it builds; lines of others between would tear that.
    this.logs.stop();
    try {
      if (!this.isBegun || digestWith(next, next.text) !== this.digest) await begin(this.compose, next, this.names);
      this.isBegun = true;
      this.bring(next);
      this.tell(
        `${listed(files)} changed: ${changed.length > 0 ? `${firstFew(changed, 6)} anew` : "all is as it was"}, after ${since(began)}`,
      );
      this.outcome.follow(next, changed);
    } catch (error) {
      writeCompose(this.local);
      throw error;
    } finally {
      this.logs.follow(this.local);
    }
  }

  private bring(local: OpenLocal): void {
    this.local = local;
    this.digest = digestWith(local, local.text);
  }

  private tell(line: string): void {
    process.stderr.write(`${this.colors.green(printableLine(line))}\n`);
  }

  private tellFailure(files: readonly string[], error: unknown): void {
    process.stderr.write(`${this.colors.red(printableLine(`${listed(files)} changed, and what ran before runs on:`))}\n${textOf(error)}\n`);
  }
}

const listed = (paths: readonly string[]): string => firstFew([...paths], 2);

const since = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;

/** Names of those whose containers are other ones. Values of secrets stand in none of our files: whoever has one may have another. */
function changedTasks(before: OpenLocal, after: OpenLocal, files: readonly string[]): string[] {
  const definition = ({ environment }: OpenLocal, name: string) =>
    JSON.stringify({ ...environment.compose.services[name], develop: undefined });
  const secrets = files.some((file) => file.endsWith(".env")) ? after.environment.neededSecrets.map(({ task }) => task) : [];
  return after.environment.tasks
    .map(({ name }) => name)
    .filter((name) => secrets.includes(name) || definition(before, name) !== definition(after, name));
}
