import { readFileSync } from "node:fs";
import { UsageError } from "@fairlead/model";
import { commentLimit, marker } from "@fairlead/report";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("comment")
    .description("Write what `fairlead diff --comment` wrote as the one comment of a pull request on GitHub. Needs GITHUB_TOKEN.")
    .requiredOption("--file <file>", "the comment")
    .option("--repository <owner/name>", "the repository (default: GITHUB_REPOSITORY)")
    .option("--pull-request <number>", "the pull request")
    .option("--head-sha <commit>", "instead of its number: the commit that is its head")
    .action(comment);
}

/** Options of `fairlead comment`. */
interface CommentOptions {
  file: string;
  repository?: string;
  pullRequest?: string;
  headSha?: string;
}

interface GitHubComment {
  id: number;
  body?: string;
  html_url: string;
}

/**
 * Writes a text as the one comment of a pull request that begins with our mark: the first time a new one, later in its place.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
async function comment(options: CommentOptions): Promise<void> {
  const repository = options.repository ?? process.env.GITHUB_REPOSITORY;
  const token = process.env.GITHUB_TOKEN;
  if (!repository || !/^[\w.-]+\/[\w.-]+$/.test(repository))
    throw new UsageError("Give --repository owner/name, or set GITHUB_REPOSITORY.");
  if (!token) throw new UsageError("GITHUB_TOKEN is not set. It needs the permission pull-requests: write.");
  const body = harmless(readText(options.file));
  const github = new GitHub(repository, token);
  const number = options.pullRequest ?? (await github.openPullRequest(options.headSha));
  if (number === undefined) {
    process.stdout.write(`No open pull request has ${options.headSha} as its head: nothing to comment on.\n`);
    return;
  }
  const former = await github.markedComment(number);
  const { html_url: url } = former
    ? await github.request<GitHubComment>("PATCH", `issues/comments/${former.id}`, { body })
    : await github.request<GitHubComment>("POST", `issues/${number}/comments`, { body });
  process.stdout.write(`${former ? "Updated" : "Wrote"} ${url}\n`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${(error as Error).message}.`);
  }
}

/** The text may come from a run of a fork's code: it must be ours by its mark, short enough, and call nobody. */
function harmless(text: string): string {
  if (!text.startsWith(marker))
    throw new UsageError(`The text does not begin with ${marker}: it is no comment of \`fairlead diff --comment\`.`);
  const silent = text.replace(/@(?=[A-Za-z0-9])/g, "@\u200b");
  return silent.length > commentLimit ? `${silent.slice(0, commentLimit - 20)}\n\n(cut off)` : silent;
}

class GitHub {
  private readonly api = process.env.GITHUB_API_URL ?? "https://api.github.com";

  constructor(
    private readonly repository: string,
    private readonly token: string,
  ) {}

  /** The open pull request whose head a commit is. */
  async openPullRequest(sha: string | undefined): Promise<string | undefined> {
    if (!sha) throw new UsageError("Give --pull-request or --head-sha.");
    const pulls = await this.request<{ number: number; state: string; head: { sha: string } }[]>("GET", `commits/${sha}/pulls`);
    const pull = pulls.find(({ state, head }) => state === "open" && head.sha === sha);
    return pull && String(pull.number);
  }

  async markedComment(number: string): Promise<GitHubComment | undefined> {
    for (let page = 1; ; page++) {
      const comments = await this.request<GitHubComment[]>("GET", `issues/${number}/comments?per_page=100&page=${page}`);
      const found = comments.find(({ body }) => body?.startsWith(marker));
      if (found || comments.length < 100) return found;
    }
  }

  async request<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.api}/repos/${this.repository}/${path}`, {
      method,
      headers: { accept: "application/vnd.github+json", authorization: `Bearer ${this.token}`, "x-github-api-version": "2022-11-28" },
      body: body && JSON.stringify(body),
    }).catch((error: Error) => {
      throw new UsageError(`GitHub does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}.`);
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    const hint = response.status === 403 || response.status === 401 ? " The token needs the permission pull-requests: write." : "";
    throw new UsageError(`GitHub answers ${method} ${path} with ${response.status}: ${messageIn(text)}.${hint}`);
  }
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? "no reason given";
  } catch {
    return text.slice(0, 200);
  }
}
