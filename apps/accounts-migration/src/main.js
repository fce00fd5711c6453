const { join } = require("node:path");
const { Client } = require("pg");

const { connection } = require("./connection");
const { createLog } = require("./log");
const { migrate } = require("./migrate");

const log = createLog();

async function main() {
  const client = new Client(connection());
  await client.connect();
  try {
    const applied = await migrate({ query: (text, values) => client.query(text, values), folder: join(__dirname, "../migrations"), log });
    log.info("up to date", { applied });
  } finally {
    await client.end();
  }
}

main().catch((error) => {
  log.error("migration failed", { error: String(error) });
  process.exitCode = 1;
});
