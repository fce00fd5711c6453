import { readFileSync } from "node:fs";
import { UserError } from "@fairlead/model";
import { commentLimit, marker } from "@fairlead/report";
import { Octokit } from "@octokit/rest";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("comment")
    .description("Write what `fairlead diff --comment` wrote as the one comment of a pull request on GitHub. Needs GITHUB_TOKEN.")
    .requiredOption("--file <files...>", "the comment; what others say is folded away below it")
    .option("--repository <owner/name>", "the repository (default: GITHUB_REPOSITORY)")
    .option("--pull-request <number>", "the pull request")
    .option("--head-sha <commit>", "instead of its number: the commit that is its head")
    .action(comment);
}

/** Options of `fairlead comment`. */
interface CommentOptions {
  file: string[];
  repository?: string;
  pullRequest?: string;
  headSha?: string;
}

/**
 * Writes a text as the one comment of a pull request that begins with our mark: the first time a new one, later in its place.
 *
 * @see https://docs.github.com/en/rest/issues/comments
 */
async function comment(options: CommentOptions): Promise<void> {
  if (options.pullRequest !== undefined && !/^[1-9]\d*$/.test(options.pullRequest))
    throw new UserError(`--pull-request is "${options.pullRequest}": expected a number, such as 7.`);
  const repository = options.repository ?? process.env.GITHUB_REPOSITORY;
  const token = process.env.GITHUB_TOKEN;
  if (!repository) throw new UserError("Give --repository owner/name, or set GITHUB_REPOSITORY.");
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    const given = options.repository === undefined ? "GITHUB_REPOSITORY" : "--repository";
    throw new UserError(`${given} is "${repository}": expected owner/name.`);
  }
  if (!token) throw new UserError("GITHUB_TOKEN is not set. It needs the permission pull-requests: write.");
  const body = within(commentLimit, joined(options.file.map((file) => harmless(readText(file)))));
  const [owner, repo] = repository.split("/") as [string, string];
  const github = new Octokit({ auth: token, baseUrl: process.env.GITHUB_API_URL, log: silent });
  try {
    const number = options.pullRequest ?? (await openPullRequest(github, { owner, repo }, options.headSha));
    if (number === undefined) {
      process.stdout.write(`No open pull request has ${options.headSha} as its head: nothing to comment on.\n`);
      return;
    }
    const issue = { owner, repo, issue_number: Number(number) };
    const former = await markedComment(github, issue);
    const { data } = former
      ? await github.rest.issues.updateComment({ owner, repo, comment_id: former.id, body })
      : await github.rest.issues.createComment({ ...issue, body });
    process.stdout.write(`${former ? "Updated" : "Wrote"} ${data.html_url}\n`);
  } catch (error) {
    throw told(error);
  }
}

/** Octokit would print each failed request, which the error says once. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The open pull request whose head a commit is. */
async function openPullRequest(
  github: Octokit,
  repository: { owner: string; repo: string },
  sha: string | undefined,
): Promise<number | undefined> {
  if (!sha) throw new UserError("Give --pull-request or --head-sha.");
  const { data } = await github.rest.repos.listPullRequestsAssociatedWithCommit({ ...repository, commit_sha: sha });
  return data.find(({ state, head }) => state === "open" && head.sha === sha)?.number;
}

async function markedComment(github: Octokit, issue: { owner: string; repo: string; issue_number: number }) {
  for await (const { data } of github.paginate.iterator(github.rest.issues.listComments, { ...issue, per_page: 100 })) {
    const found = data.find(({ body }) => body?.startsWith(marker));
    if (found) return found;
  }
  return undefined;
}

/** Octokit's error for an answer that is a no, or for none at all. */
interface HttpError extends Error {
  status: number;
  request: { method: string; url: string };
  response?: object;
}

/** What GitHub's answer means to who runs the command. */
function told(error: unknown): unknown {
  if ((error as Error).name !== "HttpError") return error;
  const { status, message, request, response } = error as HttpError;
  if (!response) return new UserError(`GitHub does not answer: ${message}.`);
  const hint = status === 403 || status === 401 ? " The token needs the permission pull-requests: write." : "";
  return new UserError(`GitHub answers ${request.method} ${new URL(request.url).pathname} with ${status}: ${message}.${hint}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} can't be read: ${(error as Error).message}.`);
  }
}

/** The text may come from a run of a fork's code: it must be ours by its mark, and call nobody. */
function harmless(text: string): string {
  if (!text.startsWith(marker))
    throw new UserError(`The text does not begin with ${marker}: it is no comment of \`fairlead diff --comment\`.`);
  return text.replace(/@(?=[A-Za-z0-9])/g, "@\u200b");
}

/** The comment, and below it what Pulumi's engine found of some environments. */
function joined([comment, ...others]: string[]): string {
  const details = others.map((text) => {
    return `\n<details><summary>As Pulumi's engine previews it, from the state</summary>\n\n${text.slice(marker.length).trim()}\n\n</details>\n`;
  });
  return [comment, ...details].join("");
}

function within(limit: number, text: string): string {
  return text.length > limit ? `${text.slice(0, limit - 20)}\n\n(cut off)` : text;
}
