import { posix } from "node:path";

import { finding, may, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import type { Start } from "../../programs/wrappers";
import { parseCommandLine, valueOf, type CommandLine, type OptionTable } from "../commandLine";
import { foldersAbove, isConfigured } from "./packageManagerSettings";
import { exists, open } from "../../programs/toldFile";
import { hasPlugAndPlay } from "./plugAndPlay";

export type PackageManager = "npm" | "yarn" | "pnpm";

const flags =
  /^(-s|-q|-d|--silent|--quiet|--verbose|--production|--prod|--offline|--if-present|--no-[a-z-]+|--loglevel=.*|--color|--non-interactive)$/;
const table: OptionTable = { withValue: new Set(["--prefix", "-C", "--dir", "--cwd", "--loglevel"]), flags };
/** npm takes its options wherever they stand in front of `--`. */
const tableOfNpm: OptionTable = { withValue: new Set(["--prefix", "-C", "--loglevel"]), flags, interspersed: true };
/** Options by which Yarn and pnpm run it elsewhere, or not as a script: which of them take these behind its name depends on their version. */
const elsewhere = /^(--$|--cwd|--dir|--filter|--workspace|--recursive|-[CFrw])/;

/** Which package manager a program is, by the file that its name leads to. */
export function packageManagerOf(resolvedPath: string): PackageManager | "npx" | undefined {
  const name = posix.basename(resolvedPath);
  if (name === "npm-cli.js") return "npm";
  if (name === "npx-cli.js") return "npx";
  if (/^yarn(pkg)?([.-][\w.-]+)?$/.test(name)) return "yarn";
  return /^pnpm(\.[cm]?js)?$/.test(name) ? "pnpm" : undefined;
}

/** What keeps a package manager from running a script of package.json. */
export function packageManagerProblems(manager: PackageManager, words: readonly string[], container: Container, start: Start): Finding[] {
  const line = lineOf(manager, words.slice(1));
  if (!line) return [];
  const { isRun } = line;
  const [script, ...rest] = line.rest;
  const isScript = isRun ? script !== undefined : ["start", "test", "stop", "restart"].includes(script ?? "");
  if (!isScript || script === undefined) return [];
  if (manager !== "npm" && rest.some((word) => elsewhere.test(word))) return [];
  const folder = posix.resolve(container.workingDirectory, valueOf(line, "--prefix", "-C", "--dir", "--cwd") ?? "");
  const described = nearestPackage(folder, container);
  if (described === "unknown") return [];
  if (!described) return [noPackage(manager, folder, container)];
  const at = open(described.path, container);
  if (at.kind === "closed")
    return [finding("FL2141", `${manager} reads ${at.path}, and ${at.why}`, "COPY --chown or --chmod it.", at.path)];
  if (at.kind !== "file" || at.text === undefined) return [];
  const scripts = scriptsOf(at.text);
  if (scripts === "broken")
    return [
      finding("FL2142", `${described.path} is no JSON, and ${manager} reads it first`, "Correct it, or copy it again.", described.path),
    ];
  if (isConfigured(described.folder, folder, container)) return [];
  const text = scripts.get(script);
  // pnpm takes a name between slashes for a pattern.
  if (manager === "pnpm" && script.startsWith("/")) return [];
  // Options may stand behind the name as well.
  const isOptional = line.options.some(({ name }) => name === "--if-present") || rest.some((word) => /^-./.test(word));
  if (text === undefined) return isOptional ? [] : withoutScript(manager, script, described, scripts, container);
  // Its own shell runs the scripts, and Plug'n'Play has no folders of programs.
  if (manager === "yarn" && (isBerry(described.folder, container) || hasPlugAndPlay(described.path, container))) return [];
  return scriptProblems(manager, script, rest, scripts, described, container, start);
}

/** The options, and the script with its arguments; undefined where an option is not known. */
function lineOf(manager: PackageManager, words: readonly string[]): (CommandLine & { isRun: boolean }) | undefined {
  const first = parseCommandLine(words, manager === "npm" ? tableOfNpm : table);
  const isRun = ["run", "run-script", "rum", "urn"].includes(first?.rest[0] ?? "");
  if (!first || manager === "npm") return first && { options: first.options, rest: first.rest.slice(isRun ? 1 : 0), isRun };
  const second = parseCommandLine(isRun ? first.rest.slice(1) : first.rest, table);
  return second && { options: [...first.options, ...second.options], rest: second.rest, isRun };
}

interface Described {
  folder: string;
  path: string;
}

/** The package that a folder is of. */
function nearestPackage(folder: string, container: Container): Described | "unknown" | undefined {
  for (let at = folder; ; at = posix.dirname(at)) {
    const path = posix.join(at, "package.json");
    const opened = open(path, container);
    if (opened.kind === "unknown") return "unknown";
    if (opened.kind !== "missing") return { folder: at, path };
    // npm takes a folder with node_modules for the package.
    if (exists(posix.join(at, "node_modules"), container) && at !== folder) return "unknown";
    if (at === "/") return undefined;
  }
}

function noPackage(manager: PackageManager, folder: string, container: Container): Finding {
  const where = exists(folder, container) ? "" : " (which is not there itself)";
  return finding(
    "FL2142",
    `${manager} looks for package.json in ${folder}${where} and above it, and there is none`,
    "COPY package.json, also into the last stage, and set WORKDIR to where it is.",
    posix.join(folder, "package.json"),
  );
}

/** The scripts of a package.json. */
function scriptsOf(text: string): Map<string, string> | "broken" {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, "")) as { scripts?: unknown } | null;
    const scripts = typeof value?.scripts === "object" && value.scripts !== null ? Object.entries(value.scripts) : [];
    return new Map(scripts.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return "broken";
  }
}

function withoutScript(
  manager: PackageManager,
  script: string,
  { folder, path }: Described,
  scripts: Map<string, string>,
  container: Container,
): Finding[] {
  // Where there is no start, npm and pnpm run server.js; Yarn and pnpm run what is installed.
  if (script === "start" && exists(posix.join(folder, "server.js"), container)) return [];
  if (manager !== "npm" && (script.includes(":") || binFolders(folder).some((bin) => exists(`${bin}/${script}`, container)))) return [];
  if (script === "restart" || (manager === "yarn" && isBerry(folder, container))) return [];
  const has = scripts.size > 0 ? `it has ${[...scripts.keys()].sort().join(", ").slice(0, 200)}` : "it has none";
  return [
    finding("FL2142", `${path} has no script "${script}": ${has}`, `Add "${script}" to its "scripts", or name one that is there.`, path),
  ];
}

/** Newer Yarns also know the scripts of the whole workspace. */
function isBerry(folder: string, container: Container): boolean {
  return foldersAbove(folder).some((above) => {
    const described = open(posix.join(above, "package.json"), container);
    const told = described.kind === "file" ? (described.text ?? "") : "";
    return [".yarnrc.yml", ".yarn"].some((name) => exists(posix.join(above, name), container)) || /"yarn@([2-9]|\d\d)/.test(told);
  });
}

function binFolders(folder: string): string[] {
  return foldersAbove(folder).map((above) => posix.join(above, "node_modules", ".bin"));
}

/** A script is a text for the shell, with the programs of the packages in front of PATH. */
function scriptProblems(
  manager: PackageManager,
  script: string,
  rest: readonly string[],
  scripts: Map<string, string>,
  { folder, path }: Described,
  container: Container,
  start: Start,
): Finding[] {
  const environment = new Map(container.environment);
  environment.set("PATH", [...binFolders(folder), environment.get("PATH") ?? ""].join(":"));
  const within: Container = { ...container, environment, workingDirectory: folder };
  const run = (text: string) =>
    start(["/bin/sh", "-c", text], "kernel", within).map((found) => ({
      ...found,
      problem: `script "${script}" of ${path}: ${found.problem}`,
    }));
  const first = scripts.get(`pre${script}`);
  // What runs first may make what is missing; by pnpm it is run in some versions alone.
  if (first !== undefined) return manager === "pnpm" ? run(first).map(may) : run(first);
  return run([scripts.get(script)!, ...rest.map((word) => `'${word.replaceAll("'", `'\\''`)}'`)].join(" "));
}

/** `npx x` runs what is installed, and downloads what is not. */
export function npxProblems(words: readonly string[], container: Container, start: Start): Finding[] {
  const line = parseCommandLine(words.slice(1), { withValue: new Set(), flags: /^(--no|--no-install|-y|--yes|-q|--quiet)$/ });
  const [name, ...rest] = line?.rest ?? [];
  if (!line || name === undefined || !/^[\w.-]+$/.test(name)) return [];
  const bins = binFolders(container.workingDirectory).map((folder) => `${folder}/${name}`);
  const bin = bins.find((path) => exists(path, container));
  return bin === undefined ? [] : start([bin, ...rest], "kernel");
}
