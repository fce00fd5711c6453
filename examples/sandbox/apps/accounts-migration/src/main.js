const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Client } = require("pg");

const { createLog } = require("./log");
const { migrate } = require("./migrate");

const log = createLog();
const { ACCOUNTS_HOST, ACCOUNTS_PORT, ACCOUNTS_DATABASE, ACCOUNTS_USERNAME, ACCOUNTS_PASSWORD, ACCOUNTS_CA_FILE } = process.env;

async function main() {
  const client = new Client({
    host: ACCOUNTS_HOST,
    port: Number(ACCOUNTS_PORT),
    database: ACCOUNTS_DATABASE,
    user: ACCOUNTS_USERNAME,
    password: ACCOUNTS_PASSWORD,
    // RDS signs with a CA of its own. With its bundle in the image the server is verified, without it the connection is only encrypted.
    ssl: ACCOUNTS_CA_FILE ? { ca: readFileSync(ACCOUNTS_CA_FILE, "utf8") } : { rejectUnauthorized: false },
  });
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
