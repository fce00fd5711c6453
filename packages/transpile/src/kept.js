const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** Beside the installed packages: the checkouts that link to one installation share it, and an installation begins anew. */
const folder = join(require.resolve("esbuild/package.json"), "../../.cache/fairlead");

/**
 * JavaScript that takes longer to make than to read. It is kept under the digest of all that it is made of: what changes, another branch and
 * another compiler find nothing stale, and what has been made once is the same in every checkout.
 */
exports.kept = function kept(madeOf, make) {
  const digest = createHash("sha256");
  // With its length, no text runs into the next one.
  for (const text of madeOf) digest.update(`${Buffer.byteLength(text)} `).update(text);
  const file = join(folder, `${digest.digest("hex")}.js`);
  const before = read(file);
  if (before !== undefined) return before;
  const text = make();
  keep(file, text + endOf(text));
  return text;
};

/** The last line of a kept file, by which one is known that a full disk or a crash has cut. A comment: an older checkout runs it as well. */
function endOf({ length }) {
  return `\n// ${length} characters`;
}

/** What was kept, if all of it is there. */
function read(file) {
  try {
    const content = readFileSync(file, "utf8");
    const text = content.slice(0, content.lastIndexOf("\n"));
    return content === text + endOf(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Other processes may write the same at the same time. Where nothing can be written, it is made anew at each start. */
function keep(file, text) {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {
    return;
  }
}
