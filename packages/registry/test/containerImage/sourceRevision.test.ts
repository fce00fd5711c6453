import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { sourceRevisions } from "../../src/containerImage/sourceRevision";
import { GitRepository } from "./gitRepository";

let repository: GitRepository;
const revisions = () => sourceRevisions(["apps/api", "apps/web"].map((folder) => repository.build(folder)));
const names = () => revisions().map(({ revision }) => revision);
const dirty = expect.stringMatching(/^dirty-[0-9a-f]{12}$/);

beforeEach(() => {
  repository = new GitRepository();
  for (const name of ["api", "web"]) repository.write(`apps/${name}/Dockerfile`, `FROM scratch\nCOPY . /\n# ${name}\n`);
  repository.write("apps/api/main.js", "1");
  repository.write("apps/web/main.js", "1");
});
afterEach(() => repository.remove());

test("each build has the commit that last touched it, whatever else was committed since", () => {
  const first = repository.commit("both");
  repository.write("apps/web/main.js", "2");
  const second = repository.commit("web");
  repository.write("README.md", "elsewhere");
  repository.commit("docs");
  expect(names()).toEqual([first, second]);
});

test("what .dockerignore keeps out counts for nothing, .dockerignore itself does", () => {
  repository.write("apps/api/.dockerignore", "*\n!main.js\n");
  const first = repository.commit("both");
  repository.write("apps/api/service.yaml", "memoryMiB: 1024");
  expect(names()).toEqual([first, first]);
  repository.commit("more memory");
  expect(names()).toEqual([first, first]);
  repository.write("apps/api/.dockerignore", "*\n!*.js\n");
  const third = repository.commit("ignore less");
  expect(names()).toEqual([third, first]);
  repository.write("apps/api/Dockerfile", "FROM scratch\nCOPY main.js /\n");
  const fourth = repository.commit("Dockerfile");
  expect(names()).toEqual([fourth, first]);
});

test("a Dockerfile outside of the context counts, and so does its own .dockerignore", () => {
  repository.write("docker/api", "FROM scratch\n");
  repository.write("docker/api.dockerignore", "*.md\n");
  const build = { context: join(repository.root, "apps/api"), dockerfile: join(repository.root, "docker/api") };
  const name = () => sourceRevisions([build])[0]!.revision;
  const first = repository.commit("all");
  repository.write("apps/api/README.md", "x");
  repository.commit("readme");
  expect(name()).toBe(first);
  repository.write("docker/api", "FROM scratch\nLABEL a=b\n");
  const third = repository.commit("label");
  expect(name()).toBe(third);
  repository.write("docker/api.dockerignore", "*.txt\n");
  const fourth = repository.commit("ignore");
  expect(name()).toBe(fourth);
});

test("a context that holds others has their commits too", () => {
  const first = repository.commit("all");
  repository.write("apps/web/main.js", "2");
  const second = repository.commit("web");
  const whole = { context: repository.root, dockerfile: join(repository.root, "apps/api/Dockerfile") };
  expect(sourceRevisions([whole, repository.build("apps/api")]).map(({ revision }) => revision)).toEqual([second, first]);
});

test("a merge counts by what it brought: the sources are what they were in that commit", () => {
  repository.commit("base");
  repository.git("checkout", "--quiet", "-b", "feature");
  repository.write("apps/api/feature.js", "1");
  const feature = repository.commit("feature");
  repository.git("checkout", "--quiet", "main");
  repository.write("apps/api/main.js", "2");
  const main = repository.commit("main");
  repository.git("merge", "--quiet", "--no-ff", "--message", "merge", "feature");
  const [merged] = names();
  expect(merged).toBe(repository.git("rev-parse", "HEAD").slice(0, 12));
  expect([feature, main]).not.toContain(merged);
});

test("uncommitted and untracked changes say dirty, by content, for their build alone, and are named", () => {
  const both = repository.commit("both");
  repository.write("apps/api/main.js", "2");
  const [api, web] = revisions();
  expect(api).toMatchObject({ revision: dirty, uncommitted: ["apps/api/main.js"] });
  expect(web).toMatchObject({ revision: both, uncommitted: [] });
  repository.write("apps/api/main.js", "3");
  expect(revisions()[0]!.revision).not.toBe(api!.revision);
  repository.write("apps/api/main.js", "1");
  repository.write("apps/web/new.js", "");
  expect(names()).toEqual([both, dirty]);
});

test("what git ignores and Docker sends is in no commit", () => {
  repository.write(".gitignore", "dist/\n");
  const both = repository.commit("both");
  repository.write("apps/api/dist/main.js", "built here");
  expect(revisions()[0]).toMatchObject({ revision: dirty, uncommitted: ["apps/api/dist/"] });
  repository.write("apps/api/.dockerignore", "dist\n");
  const third = repository.commit("keep it out");
  expect(names()).toEqual([third, both]);
});

test("an exec bit is content", () => {
  repository.write("apps/api/run.sh", "#!/bin/sh\n");
  repository.commit("both");
  repository.write("apps/api/run.sh", "#!/bin/sh\n", 0o755);
  const [before] = names();
  repository.write("apps/api/run.sh", "#!/bin/sh\n", 0o644);
  expect(names()[0]).not.toBe(before);
});

test("without a commit the content names the sources", () => {
  expect(names()).toEqual([dirty, dirty]);
  expect(new Set(names()).size).toBe(2);
});

test("a clone that is too shallow says so, also in a worktree of it, and a whole one gives the same name", () => {
  const first = repository.commit("both");
  repository.write("apps/web/main.js", "2");
  repository.commit("web");
  const clone = (depth: string[]) => {
    const folder = join(repository.root, `clone${depth.length}`);
    execFileSync("git", ["clone", "--quiet", ...depth, `file://${repository.root}`, folder]);
    return folder;
  };
  const worktreeOf = (folder: string) => {
    execFileSync("git", ["worktree", "add", "--quiet", "--detach", `${folder}-worktree`], { cwd: folder });
    return `${folder}-worktree`;
  };
  const revisionIn = (folder: string) =>
    sourceRevisions([{ context: join(folder, "apps/api"), dockerfile: join(folder, "apps/api/Dockerfile") }])[0]!;
  const [shallow, whole] = [clone(["--depth=1"]), clone([])];
  for (const folder of [shallow, worktreeOf(shallow)]) expect(revisionIn(folder)).toMatchObject({ shallow: true, revision: dirty });
  for (const folder of [whole, worktreeOf(whole)]) expect(revisionIn(folder)).toMatchObject({ shallow: false, revision: first });
});
