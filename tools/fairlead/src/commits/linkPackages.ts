import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { join, sep } from "node:path";

/** Gives a folder of the repository's files the packages that are installed in another one. Workspaces are the folder's own. */
export function linkPackages(root: string, folder: string): void {
  for (const parent of ["", ...workspacesOf(folder)]) {
    const source = join(root, parent, "node_modules");
    if (!existsSync(source)) continue;
    mkdirSync(join(folder, parent, "node_modules"));
    for (const name of readdirSync(source)) linkPackage(source, join(folder, parent, "node_modules"), name);
  }
  for (const path of workspacesOf(folder)) linkWorkspace(folder, path);
}

function linkPackage(source: string, target: string, name: string): void {
  if (/^@[^/\\]+$/.test(name)) {
    mkdirSync(join(target, name));
    for (const scoped of readdirSync(join(source, name))) linkPackage(source, target, join(name, scoped));
    return;
  }
  // What lies outside of node_modules is a workspace of the other folder's.
  if (realpathSync(join(source, name)).split(sep).includes("node_modules")) symlinkSync(join(source, name), join(target, name));
}

function linkWorkspace(folder: string, path: string): void {
  const { name } = JSON.parse(readFileSync(join(folder, path, "package.json"), "utf8")) as { name: string };
  const link = join(folder, "node_modules", name);
  mkdirSync(join(link, ".."), { recursive: true });
  if (!existsSync(link)) symlinkSync(join(folder, path), link);
}

function workspacesOf(folder: string): string[] {
  const { workspaces = [] } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { workspaces?: string[] };
  return workspaces
    .flatMap((pattern) => {
      if (!pattern.endsWith("/*")) return [pattern];
      const parent = pattern.slice(0, -2);
      return existsSync(join(folder, parent)) ? readdirSync(join(folder, parent)).map((name) => join(parent, name)) : [];
    })
    .filter((path) => existsSync(join(folder, path, "package.json")));
}
