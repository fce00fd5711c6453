const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

/** Any number will do, as long as nothing else in the database uses it. */
const lockKey = 4_711;

/**
 * Brings a database up to date: each .sql file of the folder once, in the order of their names, each in a transaction of its own. Two that
 * run at once wait for each other.
 *
 * @returns the files that were applied
 */
async function migrate({ query, folder, log }) {
  await query("SELECT pg_advisory_lock($1)", [lockKey]);
  try {
    await query("CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");
    const { rows } = await query("SELECT name FROM schema_migrations");
    const done = new Set(rows.map(({ name }) => name));
    const due = readdirSync(folder)
      .filter((name) => name.endsWith(".sql") && !done.has(name))
      .sort();
    for (const name of due) await apply({ query, name, text: readFileSync(join(folder, name), "utf8"), log });
    return due;
  } finally {
    await query("SELECT pg_advisory_unlock($1)", [lockKey]);
  }
}

async function apply({ query, name, text, log }) {
  await query("BEGIN");
  try {
    await query(text);
    await query("INSERT INTO schema_migrations (name) VALUES ($1)", [name]);
    await query("COMMIT");
    log.info("applied", { migration: name });
  } catch (error) {
    await query("ROLLBACK");
    throw new Error(`${name}: ${error.message}`, { cause: error });
  }
}

module.exports = { migrate };
