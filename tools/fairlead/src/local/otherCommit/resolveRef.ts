import { execFileSync } from "node:child_process";
import { coded, printableLine, UserError, withoutLogins } from "@fairlead/model";

import { requireRepository } from "../../commits/commits";
import { command as ownCommand, git } from "../../commits/worktree";

const remote = "origin";
/** What was fetched is called so until it is checked out; nobody's own refs, nor FETCH_HEAD, are touched. */
const fetchedRef = "refs/fairlead/fetched";
/** Without it an address that nobody has is waited for for minutes. */
const answerSeconds = 60;

/**
 * The commit that a person means: `pr/123` is GitHub's pull request or GitLab's merge request of `origin`, `origin/…` a branch of it as it is there now; a
 * branch, tag or commit of here is taken as it is here, and what is not here is asked of `origin`.
 *
 * @throws UserError where there is none, or `origin` does not answer
 */
export function commitOfRef(root: string, ref: string): string {
  requireRepository(root);
  // A dash would be an option to git, and a colon would say where to write.
  if (!/^[^-\s:+*?[\\][^\s:*?[\\]*$/.test(ref) || ref.includes(".."))
    throw refused(`--ref ${printableLine(ref)}: expected a branch, tag or commit, or pr/<number>.`);
  const [, request] = /^[pm]r\/(\d+)$/.exec(ref) ?? [];
  const [, ofRemote] = /^origin\/(.+)$/.exec(ref) ?? [];
  const here = request === undefined && ofRemote === undefined ? commitHere(root, ref) : undefined;
  if (here !== undefined) return here;
  requireRemote(root, ref);
  if (/^[0-9a-f]{40}$/.test(ref)) return fetched(root, ref, ref);
  const name = ofRemote ?? ref;
  const wanted =
    request !== undefined
      ? [`refs/pull/${request}/head`, `refs/merge-requests/${request}/head`]
      : [`refs/heads/${name}`, `refs/tags/${name}`];
  const there = atRemote(root, ref, ["ls-remote", "--quiet", remote, ...wanted])
    .split("\n")
    .map((line) => line.split("\t")[1]);
  const found = wanted.find((each) => there.includes(each));
  if (found !== undefined) return fetched(root, ref, found);
  const whose =
    request === undefined ? `no branch, tag or commit "${ref}" here, and no branch or tag of it` : `no pull or merge request ${request}`;
  throw refused(`There is ${whose} at ${remote}, ${addressOf(root)}. Correct the name, or push it.`);
}

/**
 * Sees to it that a commit can run by itself.
 *
 * @throws UserError where it is from before `fairlead local`
 */
export function requireLocal(root: string, ref: string, commit: string): void {
  const prefix = git(root, "rev-parse", "--show-prefix");
  const file = `${prefix}${ownCommand.replace(/bin\/.*/, "src/commands/local.ts")}`;
  try {
    git(root, "cat-file", "-e", `${commit}:${file}`);
  } catch {
    const problem = `${printableLine(ref)}, commit ${commit.slice(0, 12)}, has no \`fairlead local\`: ${file} is not in it.`;
    throw new UserError(
      coded(
        "FL2708",
        `${problem} Each commit is run by its own command. Merge or rebase it onto a newer main branch. Nothing was started.`,
      ),
    );
  }
}

function commitHere(root: string, ref: string): string | undefined {
  try {
    return git(root, "rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
  } catch {
    return undefined;
  }
}

function requireRemote(root: string, ref: string): void {
  try {
    git(root, "remote", "get-url", remote);
  } catch {
    throw refused(`${ref} is not here, and this clone has no remote ${remote} to ask for it. Add it: git remote add ${remote} <url>.`);
  }
}

function fetched(root: string, ref: string, source: string): string {
  const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
  atRemote(root, ref, ["fetch", ...quiet, remote, `+${source}:${fetchedRef}`], 3600);
  try {
    return git(root, "rev-parse", `${fetchedRef}^{commit}`);
  } finally {
    git(root, "update-ref", "-d", fetchedRef);
  }
}

function atRemote(root: string, ref: string, args: readonly string[], seconds = answerSeconds): string {
  const isWatched = process.stderr.isTTY === true;
  try {
    return execFileSync("git", args, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: seconds * 1000,
      env: {
        ...process.env,
        LC_ALL: "C",
        ...(!isWatched && { GIT_TERMINAL_PROMPT: "0", GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? "ssh -o BatchMode=yes" }),
      },
    });
  } catch (error) {
    const { stderr = "", code } = error as { stderr?: string; code?: string };
    const words = code === "ETIMEDOUT" ? `no answer in ${seconds} seconds` : stderr.trim().split("\n").slice(0, 3).join(" ");
    throw refused(
      `${remote} (${addressOf(root)}) does not give ${ref}: ${printableLine(withoutLogins(words)).replace(/\.$/, "")}. What is here already runs on.`,
    );
  }
}

const addressOf = (root: string) => printableLine(withoutLogins(git(root, "remote", "get-url", remote)));

const refused = (problem: string) => new UserError(coded("FL2707", problem));
