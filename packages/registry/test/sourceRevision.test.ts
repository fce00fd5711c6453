import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sourceRevisions } from "../src/sourceRevision";

let root: string;
const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false", ...args], {
    cwd: root,
    encoding: "utf8",
  }).trim();
const write = (file: string, text: string) => {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
};
const commit = (message: string) => {
  git("add", "--all");
  git("commit", "--quiet", "--message", message);
  return git("rev-parse", "--short=12", "HEAD");
};
const revisions = () => [...sourceRevisions([join(root, "apps/api"), join(root, "apps/web")]).values()];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fairlead-git-"));
  git("init", "--quiet");
});
afterEach(() => rmSync(root, { recursive: true }));

test("each context has the commit that last touched it, whatever else was committed since", () => {
  write("apps/api/main.js", "1");
  const first = commit("api");
  write("apps/web/main.js", "1");
  const second = commit("web");
  write("README.md", "elsewhere");
  commit("docs");
  expect(revisions()).toEqual([first, second]);
});

test("uncommitted and untracked changes say dirty, by content, for their context alone", () => {
  write("apps/api/main.js", "1");
  write("apps/web/main.js", "1");
  const both = commit("both");
  write("apps/api/main.js", "2");
  const [dirty, clean] = revisions();
  expect(dirty).toMatch(/^dirty-[0-9a-f]{12}$/);
  expect(clean).toBe(both);
  write("apps/api/main.js", "3");
  expect(revisions()[0]).not.toBe(dirty);
  write("apps/api/main.js", "1");
  write("apps/web/new.js", "");
  expect(revisions()).toEqual([both, expect.stringMatching(/^dirty-/)]);
});

test("without a commit the content names the sources", () => {
  write("apps/api/main.js", "1");
  write("apps/web/main.js", "2");
  const [api, web] = revisions();
  expect([api, web]).toEqual([expect.stringMatching(/^dirty-/), expect.stringMatching(/^dirty-/)]);
  expect(api).not.toBe(web);
});
