// Lets `require` load the repository's TypeScript. Plain JavaScript on purpose: it runs before anything can be transpiled.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, join } = require("node:path");

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

const manifest = require.resolve("esbuild/package.json");
/** Beside the installed esbuild: the checkouts that link to one installation share it, and an installation begins anew. */
const cacheFolder = join(manifest, "../../.cache/fairlead/transpiled");
const compiler = JSON.stringify([require(manifest).version, options]);

/**
 * The JavaScript of a TypeScript source. It is kept under the digest of all that it is made of: a file that changes, another branch and
 * another compiler find nothing stale, and what has been transpiled once is the same in every checkout.
 *
 * @param {string} source
 * @param {string} sourcefile its name, for the source map: the same in every checkout
 */
function transpiled(source, sourcefile) {
  const file = join(
    cacheFolder,
    `${createHash("sha256").update(compiler).update(sourcefile).update("\0").update(source).digest("hex")}.js`,
  );
  try {
    return readFileSync(file, "utf8");
  } catch {
    const { code } = require("esbuild").transformSync(source, { ...options, sourcefile });
    keep(file, code);
    return code;
  }
}

/** Other processes may write the same at the same time. Where nothing can be written, each start transpiles anew. */
function keep(file, code) {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(unfinished, code);
    renameSync(unfinished, file);
  } catch {
    return;
  }
}

// Pulumi's launcher maps stack traces by the files on disk, which puts all of a transpiled file on its line 2. Node itself maps them right.
Error.prepareStackTrace = undefined;
process.setSourceMapsEnabled(true);

const load = (module, filename) => module._compile(transpiled(readFileSync(filename, "utf8"), basename(filename)), filename);
// Of files that differ in their extension alone Node takes the one whose extension was registered first; the compiler takes the TypeScript. Another
// loader may be there before: Pulumi's launcher registers ts-node, which would check types, where it isn't told `typescript: false`.
const others = { ...Module._extensions };
for (const extension of Object.keys(others)) delete Module._extensions[extension];
Object.assign(Module._extensions, { ".ts": load }, others, { ".ts": load });
