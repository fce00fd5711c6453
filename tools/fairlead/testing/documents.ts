import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { componentsOf, root } from "./components";

/** A block of code that people read. */
export interface Example {
  /** Its file relative to the repository, and the line that it begins on. */
  place: string;
  code: string;
}

/** The packages of components, and what components take. */
export const componentPackages = ["access", "foundation", "images", "registry", "networking", "observability", "data", "services"] as const;

/** Pages of Fairlead: what a team writes about its services and stacks is theirs. */
export const pages = [":(glob)*.md", ":(glob)docs/**/*.md", ":(glob)packages/*/*.md", ":(glob)tools/*/*.md"];

/** The blocks in one language of every page. */
export function blocksOfPages(language: "ts" | "yaml" | "json"): Example[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", ...pages], { cwd: root, encoding: "utf8" });
  const files = listed.trim().split("\n");
  return files.flatMap((file) => blocksIn(file, language, readFileSync(join(root, file), "utf8")));
}

/** The examples in the comments of components. */
export function examplesOfComponents(): (Example & { component: string })[] {
  return componentsOf(componentPackages).flatMap(({ file, name, comment }) =>
    blocksIn(file, "ts", comment.replace(/^ \* ?/gm, "")).map(({ code }) => ({ place: `${file} ${name}`, component: name, code })),
  );
}

function blocksIn(file: string, language: string, text: string): Example[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(({ 1: code, index }) => ({
    place: `${file}:${text.slice(0, index).split("\n").length + 1}`,
    code: code!,
  }));
}
