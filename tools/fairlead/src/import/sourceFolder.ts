import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, realpathSync, statSync, type Dirent } from "node:fs";
import { basename, join, posix, relative } from "node:path";
import type { SourceFiles } from "@fairlead/import";

/** Folders that hold nothing that anybody wrote. */
const skipped = new Set([".git", "node_modules", ".terraform", ".venv", "venv", "__pycache__", "dist", "cdk.out"]);

/**
 * A folder's files: those that git knows or doesn't ignore; of a folder without git all but what is installed or built. No other is read: what git ignores, such
 * as a .env, holds what nobody committed, and what is read may come to stand in a manifest.
 */
export class SourceFolder implements SourceFiles {
  readonly paths: readonly string[];
  private readonly known: ReadonlySet<string>;
  private readonly texts = new Map<string, string | undefined>();

  /** @param named files that are read all the same, as somebody named them */
  constructor(
    readonly folder: string,
    named: readonly string[] = [],
  ) {
    this.paths = (gitFiles(folder, "-co", "--exclude-standard") ?? walked(folder, folder)).sort();
    this.known = new Set([...this.paths, ...named.map((path) => posix.normalize(path))]);
  }

  read(path: string): string | undefined {
    const file = posix.normalize(path);
    if (!this.known.has(file)) return undefined;
    if (!this.texts.has(file)) this.texts.set(file, textOf(join(this.folder, file)));
    return this.texts.get(file);
  }

  /** Files below a folder that git has: what may be copied. Of a folder without git all but what usually holds secrets. No link leads out of it. */
  tracked(path: string): string[] {
    const listed = gitFiles(this.folder) ?? this.paths.filter((each) => !ofSecrets.test(basename(each)));
    const within = listed.filter((each) => path === "." || each === path || each.startsWith(`${path}/`));
    return within.filter((each) => this.holds(join(this.folder, each)));
  }

  /** Whether it is a file of the folder; a submodule is none, nor is a link to what lies elsewhere. */
  private holds(file: string): boolean {
    try {
      return statSync(file).isFile() && !relative(realpathSync(this.folder), realpathSync(file)).startsWith("..");
    } catch {
      return false;
    }
  }
}

/** Names of files that hold keys and passwords. */
const ofSecrets = /^\.env(?:\..+)?$|\.(?:pem|key|p12|pfx|jks|kdbx|tfstate|tfvars)$|^id_[a-z0-9]+$|^\.(?:npmrc|netrc|pgpass)$|credentials/i;

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
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walked(root, path);
    return entry.isFile() ? [relative(root, path).replaceAll("\\", "/")] : [];
  });
}

/** What this user may not look into, such as the files of a database that ran, is nobody's source. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
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
