import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Paths begin at the folder that was asked about. */
export interface Ignored {
  /** With all that is in them. */
  folders: string[];
  files: string[];
}

/**
 * What git ignores now; nothing where it can't say.
 *
 * @param below where it is looked for; everywhere where nothing is named
 */
export async function ignoredByGit(root: string, below: readonly string[] = []): Promise<Ignored> {
  const words = ["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z", "--", ...below];
  // `[id]` is the name of a folder.
  const listed = await git(root, ["--literal-pathspecs", ...words]);
  const folders = listed.filter((path) => path.endsWith("/"));
  // A folder in which git ignores all that is there now is listed too, and not ignored: what is added to it counts.
  const ignored = folders.length > 0 ? await git(root, ["check-ignore", "-z", "--stdin"], folders.join("\0")) : [];
  return { folders: ignored.map((path) => path.slice(0, -1)), files: listed.filter((path) => !path.endsWith("/")) };
}

async function git(root: string, words: readonly string[], input = ""): Promise<string[]> {
  const running = promisify(execFile)("git", words, { cwd: root, maxBuffer: 1 << 28 });
  running.child.stdin?.on("error", () => undefined).end(input);
  const told = await running.catch(() => undefined);
  return (told?.stdout ?? "").split("\0").filter(Boolean);
}
