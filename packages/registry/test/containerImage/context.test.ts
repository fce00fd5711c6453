import { existsSync, mkdtempSync, readFileSync, readlinkSync, statSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { contentHash, contextFiles } from "../../src/containerImage/buildContext";
import { contextWarnings } from "../../src/containerImage/contextWarnings";
import { stageContext } from "../../src/containerImage/stagedContext";
import { GitRepository } from "./gitRepository";

let repository: GitRepository;
beforeEach(() => {
  repository = new GitRepository();
  repository.write("app/Dockerfile", "FROM scratch\n");
  repository.write("app/src/main.js", "1");
});
afterEach(() => repository.remove());

const build = () => repository.build("app");
const paths = () => contextFiles(build()).map(({ path }) => path);

test("the context is what .dockerignore lets through", () => {
  repository.write("app/node_modules/x/index.js", "");
  repository.write("app/src/secret.txt", "");
  repository.write("app/.dockerignore", "*\n!src\nsrc/*.txt\n");
  expect(paths()).toEqual(["src/main.js"]);
  repository.write("app/Dockerfile.dockerignore", "**/*.js\nnode_modules/**\n");
  expect(paths()).toEqual([".dockerignore", "Dockerfile", "Dockerfile.dockerignore", "src/secret.txt"]);
  repository.write("app/Dockerfile.dockerignore", "node_modules\n!node_modules/x/index.js\nsrc\n");
  expect(paths()).toContain("node_modules/x/index.js");
});

test("the copy has the modes of every clone, the time of the commit, and follows the sources", () => {
  repository.write("app/run.sh", "#!/bin/sh\n", 0o700);
  repository.write("app/src/private.js", "2", 0o600);
  symlinkSync("main.js", join(repository.root, "app/src/link.js"));
  const target = { context: join(repository.root, "staged/app"), dockerfile: join(repository.root, "staged/app.Dockerfile") };
  const at = new Date("2026-01-02T03:04:05Z");
  stageContext(build(), contextFiles(build()), target, at);
  const mode = (file: string) => statSync(join(target.context, file)).mode & 0o777;
  expect([mode("run.sh"), mode("src/private.js"), mode("src")]).toEqual([0o755, 0o644, 0o755]);
  const mtime = (file: string) => statSync(join(target.context, file)).mtimeMs;
  expect([mtime("run.sh"), mtime("src")].map((time) => Math.floor(time / 1000))).toEqual([at.getTime() / 1000, at.getTime() / 1000]);
  expect(readlinkSync(join(target.context, "src/link.js"))).toBe("main.js");
  expect(readFileSync(target.dockerfile, "utf8")).toBe("FROM scratch\n");

  const untouched = statSync(join(target.context, "run.sh")).ino;
  repository.write("app/src/main.js", "3");
  repository.write("app/.dockerignore", "src/private.js\n");
  stageContext(build(), contextFiles(build()), target, at);
  expect(readFileSync(join(target.context, "src/main.js"), "utf8")).toBe("3");
  expect(contextFiles({ context: target.context, dockerfile: target.dockerfile }).map(({ path }) => path)).toEqual(paths());
  expect(existsSync(join(target.context, "src/private.js"))).toBe(false);
  expect(statSync(join(target.context, "run.sh")).ino).toBe(untouched);
});

test("files of one size from two commits of one second differ in the part of the second, which BuildKit goes by", () => {
  const target = { context: join(repository.root, "staged/app"), dockerfile: join(repository.root, "staged/app.Dockerfile") };
  const staged = (content: string) => {
    repository.write("app/src/main.js", content);
    stageContext(build(), contextFiles(build()), target, new Date("2026-01-02T03:04:05Z"));
    return statSync(join(target.context, "src/main.js"), { bigint: true }).mtimeNs;
  };
  const [first, second, again] = [staged("one"), staged("two"), staged("one")];
  expect(first).not.toBe(second);
  expect(again).toBe(first);
});

test("the content's hash knows no mode but the exec bit, and no time", () => {
  const before = contentHash(build());
  repository.write("app/src/main.js", "1", 0o600);
  utimesSync(join(repository.root, "app/src/main.js"), 0, 0);
  expect(contentHash(build())).toBe(before);
  repository.write("app/src/main.js", "1", 0o755);
  expect(contentHash(build())).not.toBe(before);
});

test("a large context, and what looks like secrets, are told", () => {
  expect(contextWarnings("app", contextFiles(build()))).toEqual([]);
  repository.write("app/big.bin", "");
  truncateSync(join(repository.root, "app/big.bin"), 60e6);
  for (const file of [".env", ".env.example", "key.pem", ".aws/credentials"]) repository.write(`app/${file}`, "planted-secret");
  const warnings = contextWarnings("app", contextFiles(build()));
  expect(warnings[0]).toMatch(/^FL2003 .* 60 MB .*big\.bin/);
  expect(warnings[1]).toMatch(/^FL2004 .*: \.aws\/credentials, \.env, key\.pem\. /);
  expect(warnings.join()).not.toContain("planted-secret");
});

test("a folder outside of git is a context too", () => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-context-"));
  expect(contextFiles({ context: folder, dockerfile: join(folder, "Dockerfile") })).toEqual([]);
});
