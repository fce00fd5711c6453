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

/** The blocks in one language of every page that is Fairlead's own: neither a template of what is generated nor a test's. */
export function blocksOfPages(language: "ts" | "yaml"): Example[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], { cwd: root, encoding: "utf8" });
  const pages = listed.trim().split("\n");
  return pages
    .filter((file) => !/\/(test|testing|files)\//.test(file))
    .flatMap((file) => blocksIn(file, language, readFileSync(join(root, file), "utf8")));
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
