import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { TestRepository } from "@fairlead/cli/testRepository";
import { runStep, runSteps } from "@fairlead/sandbox/workflowSteps";
import { parse } from "yaml";

const folder = resolve(__dirname, "../../../.github/workflows");
const files = readdirSync(folder);
const texts = files.map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));

interface Job {
  permissions?: Record<string, string>;
  environment?: string;
  uses?: string;
}

describe.each(texts)("$file", ({ text }) => {
  const workflow = parse(text) as { permissions: object; jobs: Record<string, Job> };

  test("allows nothing but what each job names, and no job may write contents", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toBeDefined();
      expect(job.permissions!.contents).toBe("read");
    }
  });

  test("pins every action by its commit, with the version beside it", () => {
    const actions = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(([, action]) => !action!.startsWith("./"));
    for (const [, action, comment] of actions) {
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(comment).toMatch(/# v\d+\.\d+\.\d+/);
    }
  });

  test("holds no key and asks for none", () =>
    expect(text).not.toMatch(/secrets\.|AWS_SECRET_ACCESS_KEY|aws-access-key-id|PULUMI_ACCESS_TOKEN/));
});

test("only the workflow that runs no code of a pull request may write to it", () => {
  const writing = texts.filter(({ text }) => text.includes("pull-requests: write")).map(({ file }) => file);
  expect(writing).toEqual(["comment.yml"]);
  const text = texts.find(({ file }) => file === "comment.yml")!.text;
  expect(text).not.toMatch(/head\.sha|head_ref|pull_request_target/);
  expect(texts.some(({ text: any }) => any.includes("pull_request_target"))).toBe(false);
});

describe("from a pull request to its comment", () => {
  let repository: TestRepository;
  let github: Server;
  let requests: { method: string; url: string; body?: { body: string } }[];
  let comments: { id: number; body: string; html_url: string }[];
  let sha: string;

  beforeAll(async () => {
    repository = new TestRepository();
    github = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        const body = text ? (JSON.parse(text) as { body: string }) : undefined;
        requests.push({ method: request.method!, url: request.url!, body });
        const answer = (value: unknown, status = 200) => response.writeHead(status).end(JSON.stringify(value));
        if (request.headers.authorization !== "Bearer planted-token") return answer({ message: "Bad credentials" }, 401);
        if (request.url!.endsWith(`/commits/${sha}/pulls`)) return answer([{ number: 7, state: "open", head: { sha } }]);
        if (request.url!.includes("/commits/")) return answer([]);
        if (request.method === "GET") return answer(comments.slice(0, 100));
        if (request.method === "POST") comments.push({ id: comments.length + 1, body: body!.body, html_url: "https://example.test/1" });
        else comments[Number(request.url!.split("/").at(-1)) - 1]!.body = body!.body;
        return answer(comments.at(-1));
      });
    });
    await new Promise<void>((done) => github.listen(0, "127.0.0.1", done));
  });
  afterAll(() => {
    github.close();
    repository.remove();
  });
  beforeEach(() => {
    requests = [];
    comments = [{ id: 1, body: "A colleague's", html_url: "" }];
  });

  const environment = () => ({
    ...process.env,
    GITHUB_API_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
    GITHUB_REPOSITORY: "example/infrastructure",
  });

  async function run(file: string, job: string, values: Record<string, string>) {
    const results = [];
    // The packages are there: the copy has this repository's.
    for (const step of runSteps(file, job).filter(({ name }) => name !== "Install")) {
      results.push({ name: step.name, ...(await runStep(step, repository.folder, values, environment())) });
    }
    return results;
  }

  const comment = () => run("comment.yml", "comment", { "github.token": "planted-token", "github.event.workflow_run.head_sha": sha });

  /** As upload-artifact and download-artifact move it. */
  function hand(over: string): void {
    mkdirSync(join(repository.folder, "found", over), { recursive: true });
    writeFileSync(join(repository.folder, "found", over, "comment.md"), readFileSync(join(repository.folder, "comment.md"), "utf8"));
  }

  test("the steps of preview.yml and comment.yml leave one comment, and keep it up to date", async () => {
    const base = repository.git("rev-parse", "HEAD");
    repository.edit("apps/api/service.yaml", (text) => text.replace("memoryMiB: 512", "memoryMiB: 1024"));
    sha = repository.commit("api: more memory");
    const steps = await run("preview.yml", "plan", { "github.event.pull_request.base.sha": base });
    expect(steps.map(({ name, code }) => [name, code])).toEqual([
      ["Compare the plans", 0],
      ["Summary", 0],
    ]);
    expect(steps[1]!.summary).toContain("memory 512 → 1024 MiB");
    expect(existsSync(join(repository.folder, "report.html"))).toBe(true);
    hand("plan");
    const [first] = await comment();
    expect([first!.code, first!.output]).toEqual([0, expect.stringContaining("Wrote https://example.test/1") as string]);
    expect(comments).toHaveLength(2);
    expect(comments[1]!.body).toContain("memory 512 → 1024 MiB");
    const [second] = await comment();
    expect(second!.output).toContain("Updated");
    expect(comments).toHaveLength(2);
    expect(requests.at(-1)).toMatchObject({ method: "PATCH", url: "/repos/example/infrastructure/issues/comments/2" });
    expect(comments[0]!.body).toBe("A colleague's");
  }, 120_000);

  test("what the engine said counts, where it was asked", async () => {
    writeFileSync(join(repository.folder, "comment.md"), "<!-- fairlead:preview -->\nfrom the engine");
    hand("engine");
    await comment();
    expect(comments[1]!.body).toContain("from the engine");
  });

  test("a text that is not ours is refused, ours calls nobody, and no token is printed", async () => {
    writeFileSync(join(repository.folder, "comment.md"), "<!-- fairlead:preview -->\nhello @everybody");
    hand("engine");
    await comment();
    expect(comments[1]!.body).not.toContain("@everybody");
    writeFileSync(join(repository.folder, "comment.md"), "Your account is locked. Click here.");
    hand("engine");
    const [refused] = await comment();
    expect(refused!.code).toBe(1);
    expect(refused!.output).toContain("does not begin with <!-- fairlead:preview -->");
    expect(refused!.output).not.toMatch(/planted-token|\n\s+at /);
  });

  test("a commit that is no pull request's head any more gets no comment", async () => {
    writeFileSync(join(repository.folder, "comment.md"), "<!-- fairlead:preview -->\nlate");
    hand("engine");
    const [step] = await run("comment.yml", "comment", {
      "github.token": "planted-token",
      "github.event.workflow_run.head_sha": "0".repeat(40),
    });
    expect([step!.code, comments.length]).toEqual([0, 1]);
  });

  test("a token without the permission is told as such", async () => {
    const [step] = await run("comment.yml", "comment", { "github.token": "another", "github.event.workflow_run.head_sha": sha });
    expect(step!.code).toBe(1);
    expect(step!.output).toMatch(/answers GET .* with 401: Bad credentials\. The token needs the permission pull-requests: write/);
  });
});
