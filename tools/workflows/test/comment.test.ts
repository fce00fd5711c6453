import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runStep, runSteps } from "@fairlead/sandbox/workflowSteps";

import { GitHub } from "../testing/gitHub";
import { Repository } from "../testing/repository";

const gitHub = new GitHub();
const repository = new Repository("here");
const base = repository.commitQueue({ visibilityTimeoutSeconds: 30 });

beforeAll(() => gitHub.listen());
afterAll(() => {
  gitHub.close();
  repository.remove();
});
beforeEach(() => {
  gitHub.head = repository.commitQueue({ visibilityTimeoutSeconds: 45 });
  gitHub.requests = [];
  gitHub.comments = [{ id: 1, body: "A colleague's", html_url: "" }];
});

async function run(file: string, job: string, values: Record<string, string>) {
  const results = [];
  // The packages are there.
  for (const step of runSteps(file, job).filter(({ name }) => name !== "Install")) {
    results.push({ name: step.name, ...(await runStep(step, repository.folder, values, { ...process.env, ...gitHub.variables })) });
  }
  return results;
}

/** Runs comment.yml, and returns what its step did. */
async function comment(values: Record<string, string> = {}) {
  const ofRun = { head_sha: gitHub.head, conclusion: "success", html_url: "https://example.test/runs/6" };
  const ofEvent = Object.fromEntries(Object.entries(ofRun).map(([key, value]) => [`github.event.workflow_run.${key}`, value]));
  const all = { "github.token": gitHub.token, ...ofEvent, ...values };
  const [step] = await run("comment.yml", "comment", all);
  return step!;
}

/** As upload-artifact and download-artifact move it. */
function hand(over: "plan" | "engine"): void {
  mkdirSync(join(repository.folder, "found", over), { recursive: true });
  cpSync(join(repository.folder, "comment.md"), join(repository.folder, "found", over, "comment.md"));
}

test("the steps of preview.yml and comment.yml leave one comment, and keep it up to date", async () => {
  const steps = await run("preview.yml", "plan", { "github.event.pull_request.base.sha": base });
  expect(steps.map(({ name, code }) => [name, code])).toEqual([
    ["Compare the plans", 0],
    ["Summary", 0],
  ]);
  const change = /orders[^]*visibilityTimeoutSeconds[^]*30[^]*45/;
  expect(steps[1]!.summary).toMatch(change);
  expect(existsSync(join(repository.folder, "report.html"))).toBe(true);
  hand("plan");
  const first = await comment();
  expect([first.code, first.output]).toEqual([0, expect.stringContaining("Wrote https://example.test/1") as string]);
  expect(gitHub.comments).toHaveLength(2);
  expect(gitHub.comments[1]!.body).toMatch(change);
  const second = await comment();
  expect(second.output).toContain("Updated");
  expect(gitHub.comments).toHaveLength(2);
  expect(gitHub.requests.at(-1)).toEqual({ method: "PATCH", url: "/repos/example/infrastructure/issues/comments/2" });
  expect(gitHub.comments[0]!.body).toBe("A colleague's");
});

test("what the engine said of some environments stands below what the plan says of all, and alone where there is no plan", async () => {
  repository.write("found/plan/comment.md", "<!-- fairlead:preview -->\nfrom the plan");
  repository.write("found/engine/comment.md", "<!-- fairlead:preview -->\nfrom the engine");
  await comment();
  expect(gitHub.comments[1]!.body).toMatch(
    /^<!-- fairlead:preview -->\nfrom the plan\n<details><summary>.*<\/summary>\n\nfrom the engine\n\n<\/details>\n$/,
  );
  rmSync(join(repository.folder, "found/plan/comment.md"));
  await comment();
  expect(gitHub.comments[1]!.body).toBe("<!-- fairlead:preview -->\nfrom the engine");
});

test("where preview.yml left nothing the comment says so, in place of what it said of an earlier commit", async () => {
  repository.write("found/plan/comment.md", "<!-- fairlead:preview -->\nfrom the plan");
  await comment();
  rmSync(join(repository.folder, "found"), { recursive: true });
  const { code } = await comment({
    "github.event.workflow_run.conclusion": "failure",
    "github.event.workflow_run.html_url": "https://example.test/runs/7",
  });
  expect([code, gitHub.comments.length]).toEqual([0, 2]);
  expect(gitHub.comments[1]!.body).toMatch(
    /^<!-- fairlead:preview -->\n### ❌ Nothing was compared\n\n.*ended with failure.*https:\/\/example.test\/runs\/7/,
  );
});

test("a text that is not ours is refused, ours calls nobody, and no token is printed", async () => {
  repository.write("found/engine/comment.md", "<!-- fairlead:preview -->\nhello @everybody");
  await comment();
  expect(gitHub.comments[1]!.body).not.toContain("@everybody");
  repository.write("found/engine/comment.md", "Your account is locked. Click here.");
  const refused = await comment();
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("does not begin with <!-- fairlead:preview -->");
  expect(refused.output).not.toMatch(new RegExp(`${gitHub.token}|\\n\\s+at `));
});

test("a commit that is no pull request's head any more gets no comment", async () => {
  repository.write("found/engine/comment.md", "<!-- fairlead:preview -->\nlate");
  const { code } = await comment({ "github.event.workflow_run.head_sha": "0".repeat(40) });
  expect([code, gitHub.comments.length]).toEqual([0, 1]);
});

test("a token without the permission is told as such", async () => {
  repository.write("found/engine/comment.md", "<!-- fairlead:preview -->\nrefused");
  const { code, output } = await comment({ "github.token": "another" });
  expect(code).toBe(1);
  expect(output).toMatch(/answers GET .* with 401: Bad credentials\. The token needs the permission pull-requests: write/);
});
