import { posix } from "node:path";

import { finding, type Finding } from "../../finding";
import type { Container } from "../../container/container";
import { parsed } from "./nodeImports";
import { scopeOf } from "./nodeScope";
import { isSince, since } from "./nodeVersion";
import { open } from "../../programs/toldFile";

/** What Node takes a file for; `detected` where its own text tells. */
export type Format = "module" | "commonjs" | "detected";

/**
 * What Node takes a file for.
 *
 * @param path that no link leads on from
 * @returns undefined where it depends on what isn't known
 * @see https://nodejs.org/api/packages.html#determining-module-system
 */
export function formatOf(path: string, container: Container, version: string | undefined): Format | undefined {
  if (path.endsWith(".mjs")) return "module";
  if (path.endsWith(".cjs")) return "commonjs";
  const scope = path.endsWith(".js") ? scopeOf(posix.dirname(path), container) : "unknown";
  if (scope === "unknown") return undefined;
  const type = scope?.json.type;
  if (type === "module" || type === "commonjs") return type;
  const detects = isSince(version, since.detectsModules);
  return detects === undefined ? undefined : detects ? "detected" : "commonjs";
}

/** Why it is taken for that. */
function whyOf(path: string, container: Container): string {
  const ending = /\.[cm]js$/.exec(path);
  if (ending) return `for it ends in ${ending[0]}`;
  const scope = scopeOf(posix.dirname(path), container);
  if (scope === undefined || scope === "unknown") return "for there is no package.json above it";
  const described = posix.join(scope.folder, "package.json");
  return typeof scope.json.type === "string" ? `for ${described} has "type": "${scope.json.type}"` : `for ${described} has no "type"`;
}

/** A module that Node takes for CommonJS. */
export function moduleAsCommonjs(path: string, container: Container): Finding {
  return finding(
    "FL2147",
    `${path} has import or export, and Node takes it for CommonJS, ${whyOf(path, container)}: Cannot use import statement outside a module`,
    'Set "type": "module" in package.json and copy it beside what runs, end the file in .mjs, or compile to CommonJS ("module": "commonjs" in tsconfig.json).',
    path,
  );
}

/** CommonJS that Node takes for a module. */
export function commonjsAsModule(path: string, variable: string, container: Container): Finding {
  return finding(
    "FL2147",
    `${path} uses ${variable}, and Node takes it for a module, ${whyOf(path, container)}: ${variable} is not defined in ES module scope`,
    'Compile to modules ("module": "nodenext" in tsconfig.json), end the file in .cjs, remove "type": "module", or make it by createRequire(import.meta.url).',
    path,
  );
}

/** `require` of a module, by a Node that can't. */
export function requiredModule(from: string, specifier: string, version: string): Finding {
  return finding(
    "FL2147",
    `${from} requires "${specifier}", which is a module, and Node ${version} can only import it: ERR_REQUIRE_ESM`,
    "Take Node 22.12 or later, the last version of the package that has CommonJS, or import it.",
    from,
  );
}

const typescript = /\.[m]?tsx?$/;

/** TypeScript that is run as it is, by a Node that can't. */
export function untranslated(path: string, container: Container, version: string | undefined): Finding | undefined {
  if (!typescript.test(path) || isSince(version, since.stripsTypes) !== false) return undefined;
  const scope = scopeOf(posix.dirname(path), container);
  if (scope === "unknown") return undefined;
  const isModule = path.endsWith(".mts") || scope?.json.type === "module";
  if (!isModule && !isTypescriptAlone(path, container)) return undefined;
  return finding(
    "FL2147",
    `node is told to run ${path}, and Node ${version} takes no TypeScript: ${isModule ? `Unknown file extension "${posix.extname(path)}"` : "SyntaxError"}`,
    "Compile it in the Dockerfile and run what comes of it, run it by tsx, or take Node 22.18 or later.",
    path,
  );
}

/** Whether a text is no JavaScript as well: as CommonJS its ending doesn't matter. It is asked for where it isn't known. */
function isTypescriptAlone(path: string, container: Container): boolean {
  const opened = open(path, container);
  if (opened.kind !== "file") return false;
  if (opened.text === undefined) container.wantedTexts?.add(posix.dirname(path));
  return opened.text !== undefined && parsed(opened.text, "script") === undefined;
}

/** Modules of Node's own that came late, and those versions that have them without an option. */
const builtins = new Map([
  ["node:sqlite", "22.13 23.4"],
  ["node:sea", "20.12 21.7"],
]);

/** A module of Node's own that this version has not. */
export function missingBuiltin(from: string, specifier: string, version: string | undefined): Finding | undefined {
  const lines = builtins.get(specifier);
  if (lines === undefined || isSince(version, lines) !== false) return undefined;
  const problem = `${from} loads "${specifier}" as it starts, which Node ${version} has not: No such built-in module`;
  return finding("FL2147", problem, `Take Node ${lines.split(" ").join(" or ")}, or later.`, from);
}
