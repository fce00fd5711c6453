import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { linkPackages } from "@fairlead/changes";

const root = resolve(__dirname, "../../..");
const identity = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
};

/** A copy of this repository, as it lies here, with a history of its own to change things in. */
export class TestRepository {
  readonly folder = join(mkdtempSync(join(tmpdir(), "fairlead-changes-")), "repository");
  private readonly base: string;

  constructor() {
    const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" }).trim().split("\n");
    for (const file of files) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      // A file that was deleted and not committed yet is still listed.
      if (existsSync(join(root, file))) cpSync(join(root, file), join(this.folder, file));
    }
    linkPackages(root, this.folder);
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("add", "--all");
    this.base = this.commit("As it is");
  }

  /** Goes back to the first commit. */
  reset(): void {
    this.git("checkout", "--quiet", "--force", this.base);
    this.git("clean", "--quiet", "-fd", "apps", "stacks", "docs");
  }

  edit(file: string, change: (text: string) => string): void {
    const before = readFileSync(join(this.folder, file), "utf8");
    const after = change(before);
    if (after === before) throw new Error(`the edit changes nothing in ${file}`);
    writeFileSync(join(this.folder, file), after);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  git(...args: string[]): string {
    return execFileSync("git", args, { cwd: this.folder, env: { ...process.env, ...identity }, encoding: "utf8" }).trim();
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  /** Runs this repository's command in the copy. */
  fairlead(...args: string[]) {
    const command = [join(root, "tools/fairlead/bin/fairlead.js"), ...args];
    return spawnSync(process.execPath, command, {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
  }

  remove(): void {
    rmSync(join(this.folder, ".."), { recursive: true, force: true });
  }
}
