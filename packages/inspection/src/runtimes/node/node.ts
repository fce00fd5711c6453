import { hasPlugAndPlay } from "./plugAndPlay";
import { posix } from "node:path";

import { finding, may, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { parseCommandLine, type CommandLine, type OptionTable } from "../commandLine";
import { untranslated } from "./nodeFormat";
import { leavesAlone } from "./nodeHarmless";
import { importsOf } from "./nodeImports";
import { packageFolder } from "./nodeLookup";
import { resolvePath } from "./nodePaths";
import { environmentOptionProblem, optionProblem } from "./nodeOptions";
import { resolveSpecifier } from "./nodeResolution";
import type { Loading } from "../nativeLoading";
import { isHook, loadingProblem } from "./nodeWalk";
import { nothingToRun } from "../nothingToRun";
import { closedProblem, open, toldProblem } from "../../programs/toldFile";
import { tsxProblem } from "./tsx";

/** @see https://nodejs.org/api/cli.html */
const table: OptionTable = {
  withValue: new Set(
    (
      "-r --require --import --loader --experimental-loader -C --conditions --env-file --env-file-if-exists --title --icu-data-dir --openssl-config " +
      "--redirect-warnings --diagnostic-dir --disable-warning --unhandled-rejections --dns-result-order --input-type --inspect-port --report-dir " +
      "--report-directory --report-filename --report-signal --cpu-prof-dir --cpu-prof-name --heap-prof-dir --heap-prof-name --trace-event-categories " +
      "--trace-event-file-pattern --tls-keylog --max-http-header-size --secure-heap --secure-heap-min --heapsnapshot-signal --localstorage-file -e -p " +
      "--eval --print --run --watch-path --experimental-default-type --experimental-config-file"
    ).split(" "),
  ),
  flags:
    /^(--[a-z][\w-]*=.*|-[cihv]|-pe|--(inspect|inspect-brk|inspect-wait|watch|test|check|interactive|version|help|enable-source-maps|no-warnings|no-deprecation|trace-[a-z-]+|throw-deprecation|pending-deprecation|preserve-symlinks|preserve-symlinks-main|expose-gc|expose_gc|harmony|use-openssl-ca|use-bundled-ca|use-system-ca|abort-on-uncaught-exception|jitless|optimize-for-size|optimize_for_size|always-compact|perf-basic-prof|perf-prof|cpu-prof|heap-prof|prof|report-on-fatalerror|report-uncaught-exception|report-on-signal|report-compact|experimental-(strip-types|transform-types|vm-modules|modules|json-modules|wasm-modules|fetch|global-webcrypto|sqlite|websocket|require-module|detect-module|specifier-resolution|import-meta-resolve|repl-await|worker|permission|eventsource|webstorage|addon-modules)|no-experimental-[a-z-]+|no-node-snapshot|no-opt|no-addons|no-global-search-paths|no-network-family-autoselection|no-verify-base-objects|frozen-intrinsics|disallow-code-generation-from-strings|force-context-aware|insecure-http-parser|node-memory-debug|track-heap-objects|zero-fill-buffers|tls-min-v1\.[0-3]|tls-max-v1\.[23]|enable-fips|force-fips|single-threaded|stack-size|strip-types|permission|allow-worker|allow-addons|allow-child-process))$/,
};
/** With these nothing is read from a file, or the end of what is run isn't the end of Node. */
const others = new Set(
  "-e -p -pe -i -c -v -h --eval --print --interactive --check --version --help --run --test --watch --watch-path --experimental-permission --permission".split(
    " ",
  ),
);
const preloads = new Set(["-r", "--require", "--import", "--loader", "--experimental-loader"]);

/** What keeps Node from running what it is told to. */
export function nodeProblems(words: readonly string[], container: Container, loading: Loading): Finding[] {
  const { nodeVersion } = loading;
  const refused =
    environmentOptionProblem(container.environment.get("NODE_OPTIONS"), nodeVersion) ?? optionProblem(words.slice(1), table, nodeVersion);
  if (refused) return [refused];
  const fromEnvironment = parseCommandLine((container.environment.get("NODE_OPTIONS") ?? "").split(/\s+/).filter(Boolean), table);
  const line = parseCommandLine(words.slice(1), table);
  if (!line || !fromEnvironment || fromEnvironment.rest.length > 0) return [];
  const options = [...fromEnvironment.options, ...line.options];
  if (options.some(({ name }) => others.has(name) || name.includes("specifier-resolution"))) return [];
  const missingFirst = environmentFileProblem(options, container) ?? preloadProblem(options, container);
  if (missingFirst) return [missingFirst];
  const [entry] = line.rest;
  if (entry === undefined || entry === "-") return nothingToRun("Node", "node dist/main.js", words, container);
  const preloaded = options.some(({ name, value }) => preloads.has(name) && /^tsx(\/(esm|cjs))?$/.test(value ?? ""));
  const tsx = preloaded ? packageFolder("tsx", container.workingDirectory, container) : undefined;
  const untranslated = tsx && tsxProblem(tsx, entry, container, loading);
  if (untranslated) return [untranslated];
  const path = posix.resolve(container.workingDirectory, entry) + (entry.endsWith("/") ? "/" : "");
  return entryProblems(path, options, container, loading);
}

/** What keeps Node from running a file: it is not there, or what it loads is not. */
export function entryProblems(path: string, options: CommandLine["options"], container: Container, loading: Loading): Finding[] {
  const isSure = !options.some((option) => changesResolution(option, container));
  const grade = (found: Finding) => (isSure ? found : may(found));
  const resolved = resolvePath(path, container);
  if (resolved.kind === "closed") return [toldProblem("node", { kind: "closed", by: "file", path, why: resolved.why })!];
  if (resolved.kind === "missing") return [grade(toldProblem("node", { kind: "missing", path, why: resolved.why })!)];
  if (resolved.kind !== "file" || !isSure || preservesLinks(options, container) || hasConditions(options)) return [];
  if (hasPlugAndPlay(resolved.path, container)) return [];
  const nodeVersion = options.some(({ name }) => isExperimental.test(name)) ? undefined : loading.nodeVersion;
  const problem = untranslated(resolved.path, container, nodeVersion) ?? loadingProblem(resolved, container, { ...loading, nodeVersion });
  return problem ? [problem] : [];
}

/** Options by which a version does what others do, or doesn't what it would. */
const isExperimental = /^--(no-)?experimental-|-types$/;

/** Whether modules are looked for beside links, and not beside what they lead to. */
function preservesLinks(options: CommandLine["options"], { environment }: Container): boolean {
  const variables = ["NODE_PRESERVE_SYMLINKS", "NODE_PRESERVE_SYMLINKS_MAIN"];
  return options.some(({ name }) => name.startsWith("--preserve-symlinks")) || variables.some((name) => environment.get(name));
}

/** Whether packages have files for more conditions than the usual ones. */
function hasConditions(options: CommandLine["options"]): boolean {
  return options.some(({ name }) => name === "-C" || name === "--conditions");
}

function environmentFileProblem(options: CommandLine["options"], container: Container): Finding | undefined {
  const problems = options.map(({ name, value }) => {
    if (name !== "--env-file" || value === undefined) return undefined;
    const opened = open(value, container);
    if (opened.kind !== "missing") return undefined;
    const fix =
      "COPY it in the Dockerfile (.dockerignore often excludes it), or use --env-file-if-exists and give the variables to the task.";
    return finding("FL2140", `node is told to read ${opened.path}, and ${opened.why}`, fix, opened.path);
  });
  return problems.find(Boolean);
}

/** What `--require` and `--import` name is loaded before the program. */
function preloadProblem(options: CommandLine["options"], container: Container): Finding | undefined {
  let isSure = true;
  for (const option of options.filter(({ name }) => preloads.has(name))) {
    const specifier = option.value;
    if (specifier === undefined || hasConditions(options)) return undefined;
    const kind = option.name === "-r" || option.name === "--require" ? "commonjs" : "module";
    const from = posix.resolve(container.workingDirectory, "command-line");
    if (hasPlugAndPlay(from, container)) return undefined;
    const resolved = resolveSpecifier(specifier, from, kind, container);
    if (resolved.kind === "missing" || resolved.kind === "closed") {
      const found = firstProblem(specifier, resolved);
      return isSure ? found : may(found);
    }
    isSure &&= !changesResolution(option, container);
  }
  return undefined;
}

function firstProblem(specifier: string, { kind, why }: { kind: "missing" | "closed"; why: string }): Finding {
  const problem = `node is told to load "${specifier}" first, and ${why}`;
  if (kind === "closed") return closedProblem(problem);
  return finding("FL2143", problem, 'Is it among "dependencies" (not "devDependencies"), and is it copied into the stage that runs?');
}

/** Whether an option loads something that may change how modules are found. */
function changesResolution({ name, value = "" }: CommandLine["options"][number], container: Container): boolean {
  // Such a file may set NODE_OPTIONS.
  if (name.startsWith("--env-file")) return open(value, container).kind !== "missing";
  if (!preloads.has(name)) return false;
  if (name.endsWith("loader")) return true;
  if (leavesAlone.test(value)) return false;
  if (isHook(value) || !/^\.{0,2}\//.test(value)) return true;
  const opened = open(value, container);
  const imports = opened.kind === "file" && opened.text !== undefined ? importsOf(opened.text) : undefined;
  return (
    !imports ||
    imports.changesResolution ||
    imports.makes !== "nothing" ||
    imports.specifiers.some((specifier) => isHook(specifier) || specifier.startsWith("."))
  );
}
