import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readEnginePreview } from "@fairlead/changes";
import { shortCommit, UserError } from "@fairlead/model";
import { readProject, rootOf, stacksOf } from "@fairlead/plan";
import {
  compareResults,
  isRefused,
  renderComment,
  renderHtml,
  renderTerminal,
  reportOf,
  summaryOf,
  type ChangeReport,
} from "@fairlead/report";
import type { Command } from "commander";

import { commitOf, defaultBase, isCommit, labelOf } from "../commits/commits";
import { plansIn } from "../commits/plans";
import { programsDiffer } from "../commits/programFiles";
import { typeErrors } from "../commits/typeErrors";
import { checkOut, workspaceOf, type Worktree } from "../commits/worktree";
import { Progress } from "../progress";
import { writeFile } from "../writeFile";

const collect = (value: string, before: string[]) => [...before, value];

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("diff")
    .description(
      "Show what a change does to the stacks: services first, then resources, with costs and policies. Compares the embedded plans of two commits " +
        "(no credentials, no state), or shows what the engine's own preview says. Exit code 1: a stack can't be planned, or breaks a mandatory rule.",
    )
    .argument("[stacks...]", "the stacks (default: all)")
    .option("--base <revision>", "what to compare with (default: where this branch left the main one)")
    .option("--head <revision>", "what to compare (default: the working tree)")
    .option(
      "--pulumi-preview <file...>",
      "what `pulumi preview --json --show-sames -s <stack>` printed, one file a stack; - for standard input",
    )
    .option("--comment <file>", "write the comment for the pull request, in Markdown; - for standard output")
    .option("--html <file>", "write a report to look around in: one page that needs nothing else; - for standard output")
    .option("--json", "print everything as JSON")
    .option("--summary", "print what changes alone as JSON: no plans, and nothing that stays")
    .option("--service <name>", "of --summary only this service's part; repeatable", collect, [])
    .action(diff);
}

/** Options of `fairlead diff`. */
interface DiffOptions {
  base?: string;
  head?: string;
  pulumiPreview?: string[];
  comment?: string;
  html?: string;
  json?: boolean;
  summary?: boolean;
  service: string[];
}

const workingTree = "working tree";
/** What is not committed yet is shown as it would be once it is, in environments too that build from commits alone. */
const asIfCommitted = ["uncommittedSources=build"];

/** Shows what a change does to the stacks: of two commits by the embedded plan, or as the real engine's preview says. */
async function diff(stacks: string[], options: DiffOptions): Promise<void> {
  const fromEngine = (options.pulumiPreview ?? []).length > 0;
  if (fromEngine && (options.base ?? options.head ?? stacks[0])) {
    throw new UserError("--pulumi-preview says what the engine compared: give neither stacks nor --base or --head with it.");
  }
  if ([options.comment, options.html, options.json && "-", options.summary && "-"].filter((file) => file === "-").length > 1) {
    throw new UserError("Only one of --comment -, --html -, --json and --summary can have standard output.");
  }
  if (options.service.length > 0 && !options.summary) throw new UserError("--service chooses what --summary prints: give both.");
  const report = fromEngine ? engineReport(options.pulumiPreview!) : await commitsReport(stacks, options);
  if (options.comment) writeFile(options.comment, renderComment(report));
  if (options.html) writeFile(options.html, await renderHtml(report));
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else if (options.summary) process.stdout.write(`${JSON.stringify(summaryOf(report, options.service))}\n`);
  else if (options.comment !== "-" && options.html !== "-") process.stdout.write(renderTerminal(report));
  if (isRefused(report)) process.exitCode = 1;
}

function engineReport(files: string[]): ChangeReport {
  const stacks = files.map((file) => {
    try {
      const changes = readEnginePreview(readFileSync(file === "-" ? 0 : file, "utf8"), file === "-" ? "standard input" : file);
      return reportOf(changes, { after: readProject(changes.stack) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new UserError(`There is no file ${file}.`);
      throw error;
    }
  });
  return { project: stacks[0]!.changes.project, from: "what runs", to: "this program", stacks };
}

async function commitsReport(wanted: string[], options: DiffOptions): Promise<ChangeReport> {
  const progress = new Progress();
  const root = workspaceOf(rootOf());
  const project = relative(root, rootOf());
  const base = commitOf(root, options.base ?? defaultBase(root));
  const head = options.head === undefined ? undefined : commitOf(root, options.head);
  const worktrees: Worktree[] = [];
  const folderOf = async (commit: string) => {
    progress.say(`checking out ${shortCommit(commit)}`);
    worktrees.push(await checkOut(root, commit, (text) => progress.say(text)));
    return worktrees.at(-1)!.folder;
  };
  try {
    const after = head === undefined ? root : await folderOf(head);
    // What did not change is planned once.
    const before = (head === undefined ? isCommit(root, base) : head === base) ? after : await folderOf(base);
    return await comparedFolders(
      wanted,
      {
        root,
        project,
        before,
        after,
        from: labelOf(root, base),
        to: head && labelOf(root, head),
        programsDiffer: programsDiffer(root, base, head),
      },
      progress,
    );
  } finally {
    worktrees.forEach(({ remove }) => remove());
    progress.end();
  }
}

/** Workspaces that are compared, and which project of theirs. */
interface ComparedFolders {
  root: string;
  /** Folder of the project, from the workspace's. */
  project: string;
  before: string;
  after: string;
  from: string;
  /** Undefined for the working tree. */
  to: string | undefined;
  /** Whether the stacks' programs change. */
  programsDiffer: boolean;
}

async function comparedFolders(wanted: string[], folders: ComparedFolders, progress: Progress): Promise<ChangeReport> {
  const { root, project, before, after, from, to = workingTree } = folders;
  const at = (folder: string) => join(folder, project);
  const otherOf = (folder: string) => (before === after ? undefined : folder === before ? after : before);
  const sides = new Map([before, after].map((folder) => [folder, stacksOf(at(folder), { examples: true })]));
  const stacks = wanted.length > 0 ? wanted : union(stacksOf(at(before)), stacksOf(at(after)));
  const known = union(...sides.values());
  const missing = stacks.filter((stack) => !known.includes(stack));
  if (missing.length > 0) throw new UserError(`There is no stack "${missing.join('", "')}" on either side. Stacks: ${known.join(", ")}.`);
  let done = 0;
  const tell = () => progress.say(`planned ${done++} of ${sides.size * stacks.length}`);
  tell();
  const types = folders.programsDiffer ? typesIn(root, after, at(after), stacks) : undefined;
  types?.catch(() => undefined);
  const plans = new Map(
    await Promise.all(
      [...sides].map(async ([folder, there]) => {
        const wantedHere = stacks.filter((stack) => there.includes(stack));
        return [
          folder,
          await plansIn({ folder, project, other: otherOf(folder) }, wantedHere, folder === root ? asIfCommitted : [], tell),
        ] as const;
      }),
    ),
  );
  return {
    project: readProject(sides.get(after)![0]!, [], at(after)).name,
    from,
    to,
    notices: await Promise.resolve(types).then((wrong) => (wrong ? [wrong] : undefined)),
    stacks: stacks.map((stack) =>
      compareResults(stack, plans.get(before)!.get(stack), plans.get(after)!.get(stack), (side) =>
        readProject(stack, [], at(side === "before" ? before : after)),
      ),
    ),
  };
}

/** Type errors in the program that the change brings. */
function typesIn(root: string, workspace: string, project: string, stacks: readonly string[]) {
  const [first] = stacksOf(project);
  if (first === undefined || !existsSync(join(root, "tsconfig.json"))) return undefined;
  return typeErrors({ workspace, folder: readProject(first, [], project).configFolder, stacks });
}

function union(...lists: readonly string[][]): string[] {
  return [...new Set(lists.flat())].sort();
}
