import { parse, type Program } from "acorn";

import { declares, Evaluation } from "./nodeEvaluation";

/** What a file of JavaScript surely loads, in order. */
export interface Imports {
  kind: "module" | "commonjs";
  specifiers: string[];
  /** What a module loads once it runs: `await import("../x.js")`, and by a `require` that it makes. */
  later: { specifier: string; kind: "module" | "commonjs" }[];
  /** A variable that CommonJS alone has, and that a module surely reads: `require`, `exports`, `__dirname`. */
  ofCommonjs?: string;
  /** Whether the text touches how modules are found, so that nothing is known of what is found. */
  changesResolution: boolean;
  /** Whether the text catches what nobody else does, so that a throw may not be the end. */
  survives: boolean;
  /** What the text may make as it runs: `files` of the program's own, or `anything`, packages as well. */
  makes: "nothing" | "files" | "anything";
}

const resolutionWords =
  /\b_load\b|prototype\.require|_resolveFilename|_initPaths|_nodeModulePaths|_extensions|require\.extensions|module\.paths|globalPaths|registerHooks|NODE_PATH|\.pnp\./;

const variablesOfCommonjs = ["require", "module", "exports", "__dirname", "__filename"];

/** Whether the text may make variables that every file has. */
export function makesGlobals(text: string): boolean {
  return /\b(globalThis|global)\b/.test(text);
}

/** What makes files, and what may install packages or lead to them. */
const makingFiles =
  /\b(writeFile|appendFile|createWriteStream|copyFile|outputFile|outputJson|writeJson|cpSync|cp\(|copySync|copy\(|move\(|moveSync|rename|mkdir|ensureDir|extractAll|extract-zip|unzip|tar\.x)/i;
const makingAnything =
  /child_process|["'](esbuild|rollup|webpack|typescript|vite|@swc\/core|@babel\/core)["']|\b(symlink|execa|shelljs|cross-spawn|zx)\b|symlinkSync|ensureSymlink|ensureLink/;

function makes(text: string): Imports["makes"] {
  if (makingAnything.test(text)) return "anything";
  if (!makingFiles.test(text)) return "nothing";
  return text.includes("node_modules") ? "anything" : "files";
}

/**
 * What a file loads without a condition: static imports, and calls of `require` with a text that are evaluated as the file is. What stands in functions,
 * branches, loops and `try` is left out.
 *
 * @param isModule whether it is known to be one. By default it is what it can be parsed as
 * @returns undefined for what can't be parsed
 */
export function importsOf(text: string, isModule = false): Imports | undefined {
  const program = (isModule ? undefined : parsed(text, "script")) ?? parsed(text, "module");
  if (!program) return undefined;
  const facts = { changesResolution: resolutionWords.test(text), survives: /uncaughtException/i.test(text), makes: makes(text) };
  const evaluation = new Evaluation();
  const isFollowed = withinStack(() => evaluation.statements(program.body));
  if (program.sourceType === "script")
    return isFollowed === undefined ? undefined : { kind: "commonjs", specifiers: evaluation.specifiers, later: [], ...facts };
  const specifiers = program.body.flatMap((statement) =>
    (statement.type === "ImportDeclaration" ||
      statement.type === "ExportAllDeclaration" ||
      (statement.type === "ExportNamedDeclaration" && statement.source)) &&
    typeof statement.source?.value === "string" &&
    !makesRequireAlone(statement)
      ? [statement.source.value]
      : [],
  );
  const ofCommonjs = makesGlobals(text)
    ? undefined
    : [...evaluation.variables].find((name) => variablesOfCommonjs.includes(name) && !declares(program, name));
  const later = [
    ...evaluation.imported.map((specifier) => ({ specifier, kind: "module" as const })),
    // Without one of its own it fails at the first.
    ...(declares(program, "require") ? evaluation.specifiers : []).map((specifier) => ({ specifier, kind: "commonjs" as const })),
  ];
  return { kind: "module", specifiers, later, ofCommonjs, ...facts };
}

/** `import { createRequire } from "node:module"`: nothing else of the module that changes how others are found. */
function makesRequireAlone(statement: Program["body"][number]): boolean {
  if (statement.type !== "ImportDeclaration" || !/^(node:)?module$/.test(String(statement.source.value))) return false;
  return statement.specifiers.every(
    (one) => one.type === "ImportSpecifier" && one.imported.type === "Identifier" && one.imported.name === "createRequire",
  );
}

/** Undefined for what is nested deeper than the stack. */
export function withinStack<T>(follow: () => T): T | undefined {
  try {
    return follow();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Undefined for what can't be parsed. */
export function parsed(text: string, sourceType: "script" | "module"): Program | undefined {
  try {
    return parse(text, { ecmaVersion: "latest", sourceType, allowHashBang: true, allowReturnOutsideFunction: sourceType === "script" });
  } catch {
    // Another kind of source, or one that is nested deeper than the stack.
    return undefined;
  }
}
