import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { compositionFile } from "@fairlead/model";
import type { Project } from "@fairlead/plan";
import type { Notice } from "@fairlead/report";

import { defaultBase } from "./commits";
import { programFiles, programsDiffer } from "./programFiles";

/** The compositions of some stacks, in a workspace. */
export interface Compositions {
  workspace: string;
  /** Folder of the compositions. */
  folder: string;
  stacks: readonly string[];
}

/** Where an answer is kept: it takes the compiler many seconds to read the SDK's types, and the same sources have the same errors. */
const cache = join(require.resolve("typescript/package.json"), "../../.cache/fairlead/types");

/** Type errors of stacks' programs, where they are other ones than the main branch has: of those a check has seen the types. */
export async function changedTypes({ root, configFolder }: Project, stacks: readonly string[]): Promise<Notice | undefined> {
  const workspace = folderWithTypes(root);
  if (workspace === undefined || !isChanged(workspace)) return undefined;
  return typeErrors({ workspace, folder: configFolder, stacks });
}

/** The project's folder, or one above, that says how types are checked. */
function folderWithTypes(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "tsconfig.json"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function isChanged(workspace: string): boolean {
  try {
    return programsDiffer(workspace, defaultBase(workspace));
  } catch {
    // Without commits nobody knows what was checked, and a preview needs none.
    return false;
  }
}

/**
 * Type errors of stacks' programs, which are run without a look at their types; undefined where they have none. The compiler runs in a process of its own,
 * beside whatever else goes on.
 */
export async function typeErrors(compositions: Compositions): Promise<Notice | undefined> {
  const { workspace, folder, stacks } = compositions;
  const files = stacks.map((stack) => join(folder, compositionFile(stack))).filter((file) => existsSync(file));
  if (files.length === 0) return undefined;
  const answer = join(cache, `${digestOf(workspace, files)}.txt`);
  const text = existsSync(answer) ? readFileSync(answer, "utf8") : await compile(workspace, files);
  mkdirSync(cache, { recursive: true });
  writeFileSync(answer, text);
  if (text === "") return undefined;
  return {
    refuses: true,
    title: "the stack's program has type errors",
    text: `${text}\nIt is run without a look at its types: what it makes may be wrong. \`npm run typecheck\` says the same.`,
  };
}

function digestOf(workspace: string, files: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(files.map((file) => relative(workspace, file))));
  for (const file of programFiles(workspace)) {
    // A file that was deleted and not committed yet is still listed.
    const path = join(workspace, file);
    digest.update(`${file}\n`).update(existsSync(path) ? readFileSync(path) : "");
  }
  return digest.digest("hex");
}

/** What the compiler says of files and all that they import. What it finds in files that did not change it remembers. */
function compile(workspace: string, files: readonly string[]): Promise<string> {
  const own = join(workspace, "node_modules/.cache/fairlead/types");
  mkdirSync(own, { recursive: true });
  const config = join(own, `tsconfig.${process.pid}.json`);
  const compilerOptions = { noEmit: true, incremental: true, tsBuildInfoFile: join(own, "stacks.tsbuildinfo") };
  writeFileSync(config, JSON.stringify({ extends: join(workspace, "tsconfig.json"), compilerOptions, include: [], exclude: [], files }));
  return new Promise((resolve, reject) => {
    const args = [require.resolve("typescript/bin/tsc"), "-p", config, "--pretty", "false"];
    execFile(process.execPath, args, { cwd: workspace, maxBuffer: 1 << 26 }, (error, stdout) => {
      rmSync(config, { force: true });
      const found = stdout.split("\n").filter((line) => !/^\s*node_modules\//.test(line));
      // Exit codes 1 and 2 are errors in the sources; anything else is one of the compiler's.
      if (error && typeof error.code !== "number") reject(new Error(`the compiler did not run: ${error.message}`));
      else
        resolve(
          found
            .join("\n")
            .replace(/\((\d+),(\d+)\): error /g, ":$1:$2  ")
            .trim(),
        );
    });
  });
}
