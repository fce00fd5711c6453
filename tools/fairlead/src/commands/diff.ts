import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readEnginePreview, type ChangeSet } from "@fairlead/changes";
import { shortCommit, UserError } from "@fairlead/model";
import { readProject, rootOf, stacksOf } from "@fairlead/plan";
import {
  compareResults,
  gravestFirst,
  isFailed,
  isRefused,
  outcomeOf,
  renderComment,
  renderHtml,
  renderTerminal,
  reportOf,
  summaryOf,
  unmatchedNotices,
  withReaders,
  type ChangeDocument,
  type ChangeReport,
} from "@fairlead/report";
import type { Command } from "commander";

import { allowanceOf, newlyAllowed } from "../allowances/allowances";
import { keepHeld } from "../allowances/lastHeld";
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
        "(no credentials, no state), or shows what the engine's own preview says. Exit code 1: a stack can't be planned, breaks a mandatory rule, or is held because it is graded stop.",
    )
    .argument("[stacks...]", "the stacks (default: all)")
    .option("--base <revision>", "what to compare with (default: where this branch left the main one)")
    .option("--head <revision>", "what to compare (default: the working tree)")
    .option(
      "--pulumi-preview <file...>",
      "what `pulumi preview --json --show-sames -s <stack>` printed, one file a stack; - for standard input",
    )
    .option(
      "--allow <urn>",
      "let go on what would be held of this, in this run alone; repeatable. For others to see: `fairlead allow`",
      collect,
      [],
    )
    .option("--comment <file>", "write the comment for the pull request, in Markdown; - for standard output")
    .option("--html <file>", "write a report to look around in: one page that needs nothing else; - for standard output")
    .option("--json", "print everything as JSON; `fairlead schema diff` prints its schema")
    .option("--summary", "print what changes alone as JSON: no plans, and nothing that stays; its schema: `fairlead schema summary`")
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
  allow: string[];
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
  const report = inOrder(fromEngine ? engineReport(options.pulumiPreview!, options) : await commitsReport(stacks, options), options);
  keepHeld(report);
  if (options.comment) writeFile(options.comment, renderComment(report));
  if (options.html) writeFile(options.html, await renderHtml(report));
  if (options.json) process.stdout.write(`${JSON.stringify({ version: 1, ...outcomeOf(report), ...report } satisfies ChangeDocument)}\n`);
  else if (options.summary) process.stdout.write(`${JSON.stringify(summaryOf(report, options.service))}\n`);
  else if (options.comment !== "-" && options.html !== "-") process.stdout.write(renderTerminal(report));
  if (isRefused(report)) process.exitCode = 1;
}

/** As it is told: the gravest first, with what the command line allows of nothing. */
function inOrder(report: ChangeReport, { allow }: DiffOptions): ChangeReport {
  const compared = report.stacks.flatMap((stack) => (isFailed(stack) ? [] : [stack]));
  const notices = [...(report.notices ?? []), ...unmatchedNotices(compared, allow)];
  return { ...report, stacks: gravestFirst(report.stacks), ...(notices.length > 0 && { notices }) };
}

function engineReport(files: string[], options: DiffOptions): ChangeReport {
  const previews = files.map(enginePreview);
  const { allow, notices } = allowanceOf(
    previews.map(({ stack }) => stack),
    rootOf(),
    options.allow,
  );
  const stacks = previews.map((changes) => reportOf(changes, { after: readProject(changes.stack) }, allow));
  return { project: previews[0]!.project, from: "what runs", to: "this program", notices, stacks };
}

function enginePreview(file: string): ChangeSet {
  try {
    return readEnginePreview(readFileSync(file === "-" ? 0 : file, "utf8"), file === "-" ? "standard input" : file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UserError(`There is no file ${file}.`);
    if (code === "EISDIR" || code === "EACCES") throw new UserError(`${file} can't be read as a file (${code}).`);
    throw error;
  }
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
        allow: options.allow,
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
  /** What is not held, by the command line. */
  allow: readonly string[];
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
  const key = randomBytes(32).toString("hex");
  const plans = new Map(
    await Promise.all(
      [...sides].map(async ([folder, there]) => {
        const wantedHere = stacks.filter((stack) => there.includes(stack));
        return [
          folder,
          await plansIn({ folder, project, other: otherOf(folder), key }, wantedHere, folder === root ? asIfCommitted : [], tell),
        ] as const;
      }),
    ),
  );
  const allowances = allowanceOf(stacks, at(after), folders.allow);
  return {
    project: readProject(sides.get(after)![0]!, [], at(after)).name,
    from,
    to,
    notices: [...allowances.notices, ...(await Promise.resolve(types).then((wrong) => (wrong ? [wrong] : [])))],
    newlyAllowed: newlyAllowed(allowanceOf(stacks, at(before)).allow, allowances.allow),
    stacks: withReaders(
      stacks.map((stack) =>
        compareResults(
          stack,
          plans.get(before)!.get(stack),
          plans.get(after)!.get(stack),
          (side) => readProject(stack, [], at(side === "before" ? before : after)),
          allowances.allow,
        ),
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
