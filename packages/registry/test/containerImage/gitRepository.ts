import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A git repository in a temporary folder. */
export class GitRepository {
  readonly root = mkdtempSync(join(tmpdir(), "fairlead-git-"));

  constructor() {
    this.git("init", "--quiet", "--initial-branch=main");
  }

  git(...args: string[]): string {
    const author = ["-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...author, ...args], { cwd: this.root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  }

  write(file: string, text: string, mode = 0o644): void {
    mkdirSync(join(this.root, file, ".."), { recursive: true });
    writeFileSync(join(this.root, file), text);
    chmodSync(join(this.root, file), mode);
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", message);
    return this.git("rev-parse", "HEAD").slice(0, 12);
  }

  build(folder: string) {
    return { context: join(this.root, folder), dockerfile: join(this.root, folder, "Dockerfile") };
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
