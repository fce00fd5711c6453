import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { coded, UserError } from "@fairlead/model";

/** Services and stacks that a new clone comes with. */
const exampleServices = ["accounts-migration", "api", "report-writer", "web"];
const exampleStacks = ["dev", "staging", "prod"];

/** What is taken away of the examples, and what of their files stays with another text. */
export interface ExampleRemoval {
  /** Paths from the repository's folder. */
  removed: string[];
  emptied: Map<string, string>;
}

/**
 * The example services and stacks that are there: what `--remove-examples` takes away.
 *
 * @throws UserError with FL2907 where git would not give them back
 */
export function exampleRemoval(root: string): ExampleRemoval {
  const examples = [
    ...exampleServices.map((name) => `apps/${name}`),
    ...exampleStacks.flatMap((name) => [`stacks/${name}.ts`, `stacks/Pulumi.${name}.yaml`]),
  ].filter((path) => existsSync(join(root, path)));
  const removed = examples.filter((path) => !isImported(root, path));
  // Where an import was before, what all stacks share is of what it wrote.
  if (removed.length < examples.length) {
    refuseUncommitted(root, removed);
    return { removed, emptied: new Map() };
  }
  const paths = [...removed, ...["stacks/data.ts", "stacks/environments.json"].filter((path) => existsSync(join(root, path)))];
  const emptied = new Map(
    [
      ["stacks/policy-exceptions.yaml", "exceptions"],
      ["stacks/usage.yaml", "usage"],
    ].flatMap(([path, key]): [string, string][] =>
      existsSync(join(root, path!)) ? [[path!, emptyList(readFileSync(join(root, path!), "utf8"), key!)]] : [],
    ),
  );
  refuseUncommitted(root, [...paths, ...emptied.keys()]);
  return { removed: paths, emptied };
}

/** Whether an import wrote it, under a name that an example has as well: then it is somebody's own. */
function isImported(root: string, path: string): boolean {
  const stack = /^stacks\/Pulumi\.(.+)\.yaml$/.exec(path)?.[1];
  const file = path.startsWith("apps/") ? `${path}/service.yaml` : stack === undefined ? path : `stacks/${stack}.ts`;
  return existsSync(join(root, file)) && readFileSync(join(root, file), "utf8").includes("import-report.md");
}

/** A file of entries without any, with what stands above them. */
function emptyList(text: string, key: string): string {
  const comment = text.split("\n").filter((line) => line.startsWith("#"));
  return [...comment, `${key}: []`, ""].join("\n");
}

function refuseUncommitted(root: string, paths: string[]): void {
  if (paths.length === 0) return;
  let changed: string;
  try {
    changed = execFileSync("git", ["status", "--porcelain", "--untracked-files=all", "--", ...paths], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch {
    throw new UserError(
      coded("FL2907", "the folder is in no git repository, so that nothing would give the examples back. Nothing was written."),
    );
  }
  if (changed.trim() === "") return;
  throw new UserError(
    coded(
      "FL2907",
      `the examples have changes that are not committed. Nothing was written.\n${changed.trimEnd()}\n  fix: commit or undo these changes.`,
    ),
  );
}
