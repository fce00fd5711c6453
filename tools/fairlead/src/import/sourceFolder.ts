import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { SourceFiles } from "@fairlead/import";

/** Folders that hold nothing that anybody wrote. */
const skipped = new Set([".git", "node_modules", ".terraform", ".venv", "venv", "__pycache__", "dist", "cdk.out"]);

/** A folder's files: those that git knows or doesn't ignore; of a folder without git all but what is installed or built. */
export class SourceFolder implements SourceFiles {
  readonly paths: readonly string[];
  /** Whether git says which files there are. */
  readonly isTracked: boolean;
  private readonly texts = new Map<string, string | undefined>();

  constructor(readonly folder: string) {
    const listed = gitFiles(folder, "-co", "--exclude-standard");
    this.isTracked = listed !== undefined;
    this.paths = (listed ?? walked(folder, folder)).sort();
  }

  read(path: string): string | undefined {
    if (!this.texts.has(path)) this.texts.set(path, textOf(join(this.folder, path)));
    return this.texts.get(path);
  }

  /** Files below a folder that git has: what may be copied. All of them where there is no git. */
  tracked(path: string): string[] {
    const listed = gitFiles(this.folder) ?? this.paths;
    return listed.filter((each) => path === "." || each === path || each.startsWith(`${path}/`));
  }
}

function gitFiles(folder: string, ...options: string[]): string[] | undefined {
  try {
    const listed = execFileSync("git", ["ls-files", "-z", ...options], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 1 << 28,
    });
    return listed.split("\0").filter((path) => path !== "");
  } catch {
    return undefined;
  }
}

function walked(root: string, folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walked(root, path);
    return entry.isFile() ? [relative(root, path).replaceAll("\\", "/")] : [];
  });
}

/** More than any source that a person wrote. */
const largest = 5_000_000;

function textOf(file: string): string | undefined {
  try {
    return statSync(file).size > largest ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
