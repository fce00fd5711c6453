const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** What tests leave in the temporary folder goes with the run. */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-test-"));
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
};
