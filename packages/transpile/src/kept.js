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
  try {
    return readFileSync(file, "utf8");
  } catch {
    const text = make();
    keep(file, text);
    return text;
  }
};

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
