import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

const fixture = join(__dirname, "fixture");
const packages = resolve(__dirname, "../../../node_modules");

const identity = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.com",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.com",
  // Images have the time of their commit, and its hash, which is made of both: two repositories of the same content have the same plans, whenever they are made.
  GIT_AUTHOR_DATE: "2026-11-28T12:00:00Z",
  GIT_COMMITTER_DATE: "2026-11-28T12:00:00Z",
};

/** The tests' own repository: three environments and four services, with a history of its own and the packages of this one. */
export class FixtureRepository {
  readonly folder = join(realpathSync(mkdtempSync(join(tmpdir(), "fairlead-fixture-"))), "repository");

  /** @param source what it begins as a copy of: another one of these, with its history */
  constructor(source?: FixtureRepository) {
    const isOurs = (path: string) => basename(path) !== "node_modules";
    cpSync(source?.folder ?? fixture, this.folder, { recursive: true, filter: isOurs });
    this.addPackages();
    if (source) return;
    this.git("init", "--quiet", "--template=", "--initial-branch=main");
    this.commit("As it is");
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

  commit(message: string): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
  }

  remove(): void {
    rmSync(join(this.folder, ".."), { recursive: true, force: true });
  }

  protected addPackages(): void {
    symlinkSync(packages, join(this.folder, "node_modules"));
  }
}
