import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { GeneratorCallback, Tree } from "@nx/devkit";
import { FsTree } from "@nx/devkit/internal";

const root = resolve(__dirname, "../../..");
const packages = ["access", "data", "environment", "foundation", "networking", "observability", "services"];

/** A workspace of a few services and environments of its own, with this repository's packages and tools. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "fairlead-workspace-"));
  private readonly base: string;
  private writes = 0;

  constructor() {
    cpSync(join(__dirname, "fixture"), this.folder, { recursive: true });
    this.write("package.json", JSON.stringify({ name: "fixture", private: true, workspaces: ["packages/*", "stacks"] }));
    this.write("nx.json", JSON.stringify({ analytics: false, plugins: ["@fairlead/nx-plugin"], neverConnectToCloud: true }));
    this.write(".gitignore", "node_modules\n.nx\n.fairlead\n");
    this.write("stacks/package.json", JSON.stringify({ name: "@fairlead/stacks" }));
    for (const name of packages) this.write(`packages/${name}/package.json`, JSON.stringify({ name: `@fairlead/${name}` }));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    this.git("init", "--quiet", "--initial-branch=main");
    this.commit();
    this.base = this.git("rev-parse", "HEAD");
  }

  /** Goes back to how it began. */
  reset(): void {
    this.git("reset", "--quiet", "--hard", this.base);
    this.git("clean", "--quiet", "-fd");
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    // nx knows a changed file by its time in whole seconds, and tests are faster than that. No two writes have the same.
    this.writes += 1;
    utimesSync(path, this.writes, this.writes);
  }

  edit(file: string, change: (text: string) => string): void {
    const before = this.read(file);
    const after = change(before);
    if (after === before) throw new Error(`the edit changes nothing in ${file}`);
    this.write(file, after);
  }

  remove(file: string): void {
    rmSync(join(this.folder, file), { recursive: true });
  }

  commit(): void {
    this.git("add", "--all");
    this.git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "--message", "A change");
  }

  /** Those of the last commit. */
  files(): string[] {
    return this.git("ls-files").split("\n");
  }

  /** Files that differ from the last commit. */
  changed(): string[] {
    return this.git("status", "--porcelain", "--untracked-files=all")
      .split("\n")
      .filter(Boolean)
      .map((line) => line.slice(3));
  }

  /** Lines that a file has and had not in the last commit. */
  added(file: string): string[] {
    return this.differing(file, "+");
  }

  /** Lines that a file had in the last commit and has no more. */
  removed(file: string): string[] {
    return this.differing(file, "-");
  }

  /** Runs a generator as nx does, in this process. */
  generate<T>(generator: (tree: Tree, options: T) => GeneratorCallback, options: T, { dryRun = false } = {}): void {
    const tree = new FsTree(this.folder, false);
    const finish = generator(tree, options);
    if (dryRun) return;
    for (const { path, content } of tree.listChanges()) this.write(path, content!.toString());
    finish();
  }

  /** For each file: the projects with a target `preview` that a change of it affects, as `nx affected -t preview` chooses them. */
  affectedBy(files: readonly string[]): Record<string, string[]> {
    const { stdout, output } = this.run(join(__dirname, "affected.cjs"), ...files);
    try {
      return JSON.parse(stdout) as Record<string, string[]>;
    } catch {
      throw new Error(output);
    }
  }

  /** Runs a program of Node's in the workspace; nx without its daemon, which would go on after the test. */
  run(program: string, ...args: string[]) {
    const options = { cwd: this.folder, env: this.environment, encoding: "utf8", maxBuffer: 1 << 28 } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options);
    return { status, stdout, output: `${stdout}${stderr}` };
  }

  /** For programs that run in the workspace. */
  get environment(): NodeJS.ProcessEnv {
    const unset = { JEST_WORKER_ID: undefined, FORCE_COLOR: undefined, CI: undefined };
    return { ...process.env, ...unset, NX_DAEMON: "false", NO_COLOR: "1", NX_WORKSPACE_ROOT_PATH: this.folder };
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private differing(file: string, sign: "+" | "-"): string[] {
    const lines = this.git("diff", "--unified=0", "--", file).split("\n");
    return lines.filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).map((line) => line.slice(1));
  }

  private git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.folder, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trimEnd();
  }
}
