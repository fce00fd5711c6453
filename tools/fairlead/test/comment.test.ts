import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { commentLimit, marker } from "@fairlead/report";

const command = resolve(__dirname, "../bin/fairlead.js");
const head = "a".repeat(40);

/** What a pull request of GitHub's answers, as far as the command asks. */
class GitHub {
  comments: { id: number; body: string }[] = [];
  status = 200;
  readonly requests: string[] = [];
  private readonly server: Server = createServer(
    (request, response) =>
      void this.answer(request).then(([status, value, link]) =>
        response.writeHead(status, { "content-type": "application/json", ...(link && { link }) }).end(JSON.stringify(value)),
      ),
  );

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage): Promise<[number, unknown, string?]> {
    const { pathname, searchParams } = new URL(request.url!, "http://github.test");
    this.requests.push(`${request.method} ${pathname} ${request.headers.authorization}`);
    let text = "";
    for await (const chunk of request) text += String(chunk);
    if (this.status !== 200) return [this.status, { message: "Resource not accessible by integration" }];
    if (pathname === `/repos/shop/infra/commits/${head}/pulls`)
      return [
        200,
        [
          { number: 6, state: "closed", head: { sha: head } },
          { number: 7, state: "open", head: { sha: head } },
        ],
      ];
    if (/\/commits\//.test(pathname)) return [200, []];
    if (request.method === "GET") {
      const page = Number(searchParams.get("page") ?? "1");
      const next = `http://${request.headers.host}${pathname}?per_page=100&page=${page + 1}`;
      return [
        200,
        this.comments.slice((page - 1) * 100, page * 100),
        this.comments.length > page * 100 ? `<${next}>; rel="next"` : undefined,
      ];
    }
    const { body } = JSON.parse(text) as { body: string };
    const id = request.method === "PATCH" ? Number(pathname.split("/").at(-1)) : this.comments.length + 1;
    this.comments = [...this.comments.filter((comment) => comment.id !== id), { id, body }];
    return [request.method === "PATCH" ? 200 : 201, { id, html_url: `https://github.test/${id}` }];
  }
}

let github: GitHub;
let url: string;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fairlead-comment-"));
  github = new GitHub();
  url = await github.listen();
});
afterEach(() => {
  github.close();
  rmSync(folder, { recursive: true });
});

function comment(text: string, ...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const file = join(folder, "comment.md");
  writeFileSync(file, text);
  const env = { ...process.env, GITHUB_API_URL: url, GITHUB_TOKEN: "planted-token", GITHUB_REPOSITORY: "shop/infra" };
  const child = spawn(process.execPath, [command, "comment", "--file", file, ...args], { env });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  return new Promise((done) => child.on("close", (status) => done({ status, stdout, stderr })));
}

test("the first time it writes a comment, then it keeps that one, behind a hundred others as well", async () => {
  expect(await comment(`${marker}\none`, "--pull-request", "7")).toMatchObject({ status: 0, stdout: "Wrote https://github.test/1\n" });
  github.comments.unshift(...Array.from({ length: 150 }, (_, index) => ({ id: 1000 + index, body: "a person's" })));
  expect(await comment(`${marker}\ntwo`, "--pull-request", "7")).toMatchObject({ status: 0, stdout: "Updated https://github.test/1\n" });
  expect(github.comments.filter(({ body }) => body.startsWith(marker))).toEqual([{ id: 1, body: `${marker}\ntwo` }]);
});

test("a commit finds the open pull request whose head it is, and none is no failure", async () => {
  expect((await comment(`${marker}\none`, "--head-sha", head)).stdout).toMatch(/^Wrote /);
  expect(github.requests).toContain("POST /repos/shop/infra/issues/7/comments token planted-token");
  expect(await comment(`${marker}\none`, "--head-sha", "b".repeat(40))).toMatchObject({
    status: 0,
    stdout: `No open pull request has ${"b".repeat(40)} as its head: nothing to comment on.\n`,
  });
});

test("a fork's text calls nobody, keeps the limit, and is ours by its mark or refused", async () => {
  await comment(`${marker}\n@everyone ${"x".repeat(70_000)}`, "--pull-request", "7");
  expect(github.comments[0]!.body).toContain("@\u200beveryone");
  expect(github.comments[0]!.body.length).toBeLessThanOrEqual(commentLimit);
  const { status, stderr } = await comment("anything", "--pull-request", "7");
  expect([status, stderr]).toEqual([1, expect.stringContaining("is no comment of `fairlead diff --comment`")]);
});

test("GitHub's no is told in a sentence, with the permission that it takes and without the token", async () => {
  github.status = 403;
  const { status, stderr } = await comment(`${marker}\none`, "--pull-request", "7");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^GitHub answers GET \/repos\/shop\/infra\/issues\/7\/comments with 403: Resource not accessible by integration.*\. The token needs the permission pull-requests: write\.\n$/,
  );
  expect(stderr).not.toContain("planted");
});

test("what was given and can't be is named, before anything else is looked at", async () => {
  expect(await comment("anything", "--pull-request", "x")).toMatchObject({
    status: 1,
    stderr: '--pull-request is "x": expected a number, such as 7.\n',
  });
  expect(await comment("anything", "--repository", "ab", "--pull-request", "7")).toMatchObject({
    status: 1,
    stderr: '--repository is "ab": expected owner/name.\n',
  });
});
