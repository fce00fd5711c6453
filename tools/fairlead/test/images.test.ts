import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");
const digest = `sha256:${"a".repeat(64)}`;
const release = (revision: string) => ({
  image: `example.test/staging/api@${digest}`,
  tag: `1.0.0-${revision}`,
  platforms: ["linux/arm64"],
  revision,
});

/** A folder like the repository, in which `pulumi` answers what the test says. */
function repository(releases: object | undefined): { folder: string; run: (...args: string[]) => ReturnType<typeof spawnSync> } {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-promote-"));
  for (const name of ["Pulumi.yaml", "package.json", "apps", "stacks"])
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.includes("node_modules") });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  mkdirSync(join(folder, "bin"));
  writeFileSync(
    join(folder, "bin/pulumi"),
    `#!/bin/sh\n${releases ? `cat <<'E'\n${JSON.stringify({ releases })}\nE` : "echo 'no stack named staging' >&2; exit 1"}\n`,
  );
  chmodSync(join(folder, "bin/pulumi"), 0o755);
  writeFileSync(
    join(folder, "stacks/Pulumi.prod.yaml"),
    `${readFileSync(join(root, "stacks/Pulumi.prod.yaml"), "utf8")}  fairlead:promoteFrom: staging\n`,
  );
  const env = { ...process.env, NO_COLOR: "1", PATH: [join(folder, "bin"), process.env.PATH].join(delimiter) };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, "tools/fairlead/bin/fairlead.js"), ...args], { cwd: folder, env, encoding: "utf8" });
  return { folder, run };
}

test("promote shows what would change, writes it once, and then has nothing to do", () => {
  const { folder, run } = repository({ api: release("abc") });
  const promote = (...options: string[]) => run("promote", "api", "--from", "staging", "--to", "prod", ...options);
  const file = join(folder, "stacks/promotions.prod.yaml");
  expect(promote("--dry-run").stdout).toMatch(/~ api {2}nothing → 1\.0\.0-abc {2}linux\/arm64[^]*1 of 1 would change/);
  expect(existsSync(file)).toBe(false);
  expect(promote()).toMatchObject({ status: 1, stderr: expect.stringContaining("Give --yes") });
  expect(promote("--yes").status).toBe(0);
  const written = readFileSync(file, "utf8");
  expect(written).toContain(`image: example.test/staging/api@${digest}`);
  expect(promote("--yes").stdout).toContain("1.0.0-abc, as promoted before");
  expect(readFileSync(file, "utf8")).toBe(written);
  const preview = run("preview", "prod");
  expect(preview.stderr).toMatch(/FL2010[^]*web: never promoted to prod[^]*fix: npx fairlead promote/);
});

test.each<[string, object | undefined, string[], RegExp]>([
  ["without services", {}, ["--from", "staging", "--to", "prod"], /Name the services, or give --all/],
  ["to itself", {}, ["--all", "--from", "prod", "--to", "prod"], /are both prod/],
  ["an unknown stack", {}, ["--all", "--from", "stagin", "--to", "prod"], /no stack "stagin"/],
  [
    "to an environment that builds",
    {},
    ["--all", "--from", "prod", "--to", "staging"],
    /staging builds its own images.*config set promoteFrom prod -s staging/,
  ],
  ["an unknown service", { web: release("a") }, ["apo", "--from", "staging", "--to", "prod"], /staging runs no apo\. It runs web/],
  [
    "what no commit holds",
    { api: release("dirty-1") },
    ["--all", "--from", "staging", "--to", "prod", "--yes"],
    /FL2002 prod takes only what was built from a commit/,
  ],
  [
    "what was never brought up",
    undefined,
    ["--all", "--from", "staging", "--to", "prod"],
    /Pulumi can't tell what staging runs:\nno stack named staging/,
  ],
])("promoting %s is refused in a sentence", (...[, releases, args, expected]) => {
  const { status, stderr } = repository(releases).run("promote", ...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(expected);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("a file of promotions with a mistake is told without a stack trace", () => {
  const { folder, run } = repository({ api: release("abc") });
  writeFileSync(join(folder, "stacks/promotions.prod.yaml"), "services:\n  api:\n    image: example.test/api:1\n");
  for (const command of [
    ["preview", "prod"],
    ["promote", "--all", "--from", "staging", "--to", "prod"],
  ]) {
    const { status, stderr } = run(...command);
    expect(status).toBe(1);
    expect(stderr).toMatch(/FL2011 .*services\.api needs image/);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});

test("prod refuses sources that no commit holds, and dev names them dirty", () => {
  const { folder, run } = repository({});
  execFileSync("sh", ["-c", "sed -i /promoteFrom/d stacks/Pulumi.prod.yaml"], { cwd: folder });
  const { status, stderr } = run("preview", "prod");
  expect(status).toBe(1);
  expect(stderr).toMatch(/FL2002 prod builds only what a commit holds[^]*api: [^\n]*apps\/api\/Dockerfile/);
  expect(run("preview", "prod", "-c", "uncommittedSources=build").status).toBe(0);
  const plan = JSON.parse(String(run("preview", "dev", "--json").stdout)) as {
    resources: { type: string; name: string; inputs: { tags: string[] } }[];
  };
  const image = plan.resources.find(({ type, name }) => type === "docker-build:index:Image" && name === "api-arm64")!;
  expect(image.inputs.tags[0]).toMatch(/:1\.0\.0-dirty-[0-9a-f]{12}-arm64$/);
});

test("inspect ends with 1 and a sentence for what is no image", () => {
  const { run } = repository({});
  expect(run("inspect", "stacks")).toMatchObject({ status: 1, stderr: expect.stringMatching(/^FL2117 .* not an OCI image layout/) });
  expect(run("inspect", "x:1", "--command", "[sh")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("expected a JSON array of texts"),
  });
  expect(run("inspect", "x:1", "--platform", "linux/s390x")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("tasks run on linux/amd64 and linux/arm64"),
  });
});
