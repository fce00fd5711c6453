import { readFileSync, writeFileSync } from "node:fs";
import {
  checkOut,
  commitOf,
  comparePlans,
  defaultBase,
  EnginePreviewError,
  labelOf,
  planIn,
  type PlanResult,
  readEnginePreview,
} from "@fairlead/changes";
import { inTurn } from "@fairlead/images";
import { UsageError } from "@fairlead/model";
import { type Plan, readProject, rootOf, stacksOf } from "@fairlead/plan";
import {
  type ChangeReport,
  type FailedStack,
  isRefused,
  renderComment,
  renderTerminal,
  reportOf,
  type StackReport,
} from "@fairlead/report";

import { Progress } from "../progress";

/** Options of `fairlead diff`. */
export interface DiffOptions {
  base?: string;
  head?: string;
  pulumiPreview?: string[];
  comment?: string;
  html?: string;
  json?: boolean;
}

const workingTree = "working tree";
/** What is not committed yet is shown as it would be once it is, in environments too that build from commits alone. */
const asIfCommitted = ["--config", "uncommittedSources=build"];

/** Shows what a change does to the stacks: of two commits by the embedded plan, or as the real engine's preview says. */
export async function diff(stacks: string[], options: DiffOptions): Promise<void> {
  const fromEngine = (options.pulumiPreview ?? []).length > 0;
  if (fromEngine && (options.base ?? options.head ?? stacks[0])) {
    throw new UsageError("--pulumi-preview says what the engine compared: give neither stacks nor --base or --head with it.");
  }
  if ([options.comment, options.html, options.json && "-"].filter((file) => file === "-").length > 1) {
    throw new UsageError("Only one of --comment -, --html - and --json can have standard output.");
  }
  const report = fromEngine ? engineReport(options.pulumiPreview!) : await commitsReport(stacks, options);
  if (options.comment) write(options.comment, renderComment(report));
  if (options.html) {
    const { renderHtml } = require("@fairlead/report") as typeof import("@fairlead/report");
    write(options.html, renderHtml(report));
  }
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else if (options.comment !== "-" && options.html !== "-") process.stdout.write(renderTerminal(report));
  if (isRefused(report)) process.exitCode = 1;
}

function engineReport(files: string[]): ChangeReport {
  const stacks = files.map((file) => {
    try {
      const changes = readEnginePreview(readFileSync(file === "-" ? 0 : file, "utf8"));
      return reportOf(changes, readProject(changes.stack));
    } catch (error) {
      if (error instanceof EnginePreviewError) {
        throw new UsageError(`${file} is not what \`pulumi preview --json --show-sames\` prints: ${error.message}.`);
      }
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new UsageError(`There is no file ${file}.`);
      throw error;
    }
  });
  return { project: stacks[0]!.changes.project, from: "what runs", to: "this program", stacks };
}

/** At most this many plans at a time: each takes a processor and some 150 MiB. */
const concurrency = 2;

async function commitsReport(wanted: string[], options: DiffOptions): Promise<ChangeReport> {
  const progress = new Progress();
  const root = rootOf();
  const base = commitOf(root, options.base ?? defaultBase(root));
  const head = options.head === undefined ? undefined : commitOf(root, options.head);
  progress.say(`checking out ${base.slice(0, 7)}`);
  const before = await checkOut(root, base, (text) => progress.say(text));
  try {
    const after = head === undefined ? undefined : await checkOut(root, head, (text) => progress.say(text));
    try {
      const folders = { before: before.folder, after: after?.folder ?? root };
      const stacksIn = new Map(Object.values(folders).map((folder) => [folder, stacksOf(folder)]));
      const known = new Set([...stacksIn.values()].flat());
      const stacks = wanted.length > 0 ? wanted : [...known].sort();
      const missing = stacks.filter((stack) => !known.has(stack));
      if (missing.length > 0)
        throw new UsageError(`There is no stack "${missing.join('", "')}" on either side. Stacks: ${[...known].sort().join(", ")}.`);
      let done = 0;
      const tell = () => progress.say(`planned ${done} of ${2 * stacks.length}`);
      tell();
      const inTurns = inTurn(concurrency);
      const plan = async (folder: string, stack: string) => {
        const result = stacksIn.get(folder)!.includes(stack)
          ? await inTurns(() => planIn(folder, stack, ...(folder === root ? asIfCommitted : [])))
          : undefined;
        done += 1;
        tell();
        return result;
      };
      const planned = await Promise.all(stacks.flatMap((stack) => [plan(folders.before, stack), plan(folders.after, stack)]));
      const project = readProject(stacksIn.get(folders.after)![0]!, [], folders.after).name;
      return {
        project,
        from: labelOf(root, base),
        to: head === undefined ? workingTree : labelOf(root, head),
        stacks: stacks.map((stack, index) => stackReport(stack, project, planned[2 * index], planned[2 * index + 1], folders)),
      };
    } finally {
      after?.remove();
    }
  } finally {
    before.remove();
    progress.end();
  }
}

function stackReport(
  stack: string,
  project: string,
  before: PlanResult | undefined,
  after: PlanResult | undefined,
  folders: { before: string; after: string },
): StackReport | FailedStack {
  if (after && "failure" in after) return { stack, side: "after", failure: after.failure };
  if (before && "failure" in before) return { stack, side: "before", failure: before.failure };
  const empty: Plan = { version: 1, project, stack, resources: [], outputs: {} };
  const settings = readProject(stack, [], after ? folders.after : folders.before);
  return reportOf(comparePlans(before?.plan ?? empty, after?.plan ?? empty), settings);
}

function write(file: string, text: string): void {
  if (file === "-") process.stdout.write(text);
  else writeFileSync(file, text);
}
