// Lets `require` load the repository's TypeScript. Plain JavaScript on purpose: it runs before anything can be transpiled.
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { basename } = require("node:path");

const { kept } = require("./kept");

/** @type {import("esbuild").TransformOptions} */
const options = {
  loader: "ts",
  format: "cjs",
  platform: "node",
  target: "node20.19",
  // Node's import() resolves no extension; its require() loads ES modules as well.
  supported: { "dynamic-import": false },
  sourcemap: "inline",
  sourcesContent: false,
};

const compiler = JSON.stringify([readFileSync(require.resolve("esbuild/package.json"), "utf8"), options]);

/**
 * The JavaScript of a TypeScript source.
 *
 * @param {string} source
 * @param {string} sourcefile its name, for the source map: the same in every checkout
 */
function transpiled(source, sourcefile) {
  return kept([compiler, sourcefile, source], () => require("esbuild").transformSync(source, { ...options, sourcefile }).code);
}

// Pulumi's launcher maps stack traces by the files on disk, which puts all of a transpiled file on its line 2. Node itself maps them right.
Error.prepareStackTrace = undefined;
process.setSourceMapsEnabled(true);

/** A source that is no TypeScript is its author's mistake: where it is says all, and the compiler's stack nothing. */
function mistake({ errors: [{ text, location }] }, filename) {
  const { line, column, lineText } = location;
  const error = new SyntaxError(`${filename}:${line}:${column + 1}  ${text}\n  ${line} | ${lineText}`);
  error.stack = error.message;
  return error;
}

function load(module, filename) {
  let code;
  try {
    code = transpiled(readFileSync(filename, "utf8"), basename(filename));
  } catch (error) {
    throw error.errors ? mistake(error, filename) : error;
  }
  module._compile(code, filename);
}

// Of files that differ in their extension alone Node takes the one whose extension was registered first; the compiler takes the TypeScript. Another
// loader may be there before: Pulumi's launcher registers ts-node, which would check types, where it isn't told `typescript: false`.
const others = { ...Module._extensions };
for (const extension of Object.keys(others)) delete Module._extensions[extension];
Object.assign(Module._extensions, { ".ts": load }, others, { ".ts": load });
