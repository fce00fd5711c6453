const { readdirSync } = require("node:fs");
const { join } = require("node:path");

/** Names what it would apply: in the sandbox there is no database, and the stand-in for AWS says how a task ends. */
for (const migration of readdirSync(join(__dirname, "../migrations")).sort())
  console.log(JSON.stringify({ message: "applied", migration }));
