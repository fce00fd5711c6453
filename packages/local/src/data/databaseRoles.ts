import { roleStatements, type SqlStatement } from "@fairlead/data/roleStatements";

import type { Database } from "./databases";
import { throwAwayPassword } from "./planResources";

/** The role that RDS keeps for itself: of the database's files, and no service's. */
export const ownerOfFiles = "rdsadmin";
/** What the comment of a role says that was made here. */
const mark = "fairlead local";

/** What is revoked before it is granted is not there at first, and PostgreSQL warns of that. */
const quiet = "SET client_min_messages = error;";

/** A text as PostgreSQL reads it, with `standard_conforming_strings`, its default. */
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * What psql runs before a service starts, as often as it likes: the master user with the rights that RDS gives it, its database, and the services' roles, by
 * the statements that run on AWS. They run as the master user, who isn't a superuser there either.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
export function databaseRoles({ masterUsername, databaseName, logins, urn }: Database): string {
  const databases = [...new Set([...(databaseName === undefined ? [] : [databaseName]), ...logins.map((login) => login.databaseName)])];
  const ofDatabase = (name: string) => logins.filter((login) => login.databaseName === name);
  return [
    "\\set QUIET on",
    // A statement's answer would be a login in a log.
    "\\o /dev/null",
    quiet,
    unless("pg_roles WHERE rolname", "rds_superuser", `CREATE ROLE rds_superuser`),
    "GRANT pg_monitor, pg_signal_backend TO rds_superuser WITH ADMIN OPTION;",
    unless("pg_roles WHERE rolname", masterUsername, `CREATE ROLE ${identifier(masterUsername)}`),
    `ALTER ROLE ${identifier(masterUsername)} LOGIN CREATEDB CREATEROLE PASSWORD ${literal(throwAwayPassword(urn))};`,
    `GRANT rds_superuser TO ${identifier(masterUsername)} WITH ADMIN OPTION;`,
    ...databases.map((name) =>
      unless("pg_database WHERE datname", name, `CREATE DATABASE ${identifier(name)} OWNER ${identifier(masterUsername)}`),
    ),
    ...databases
      .filter((name) => ofDatabase(name).length > 0)
      .flatMap((name) => [
        connectTo(name),
        quiet,
        `SET SESSION AUTHORIZATION ${identifier(masterUsername)};`,
        ...ofDatabase(name).flatMap(({ roleName, access, urn }) => [
          "BEGIN;",
          ...roleStatements({ roleName, access, verifier: throwAwayPassword(urn), mark }).map(sqlText),
          "COMMIT;",
        ]),
      ]),
    "",
  ].join("\n");
}

/** `\gexec` runs what the statement before it answers: nothing where it is there already. */
const unless = (from: string, name: string, statement: string) =>
  `SELECT ${literal(statement)} WHERE NOT EXISTS (SELECT FROM ${from} = ${literal(name)}) \\gexec`;

/** With the values in their places. A text in dollars has none. */
const sqlText = ({ sql, values = {} }: SqlStatement) =>
  `${sql.replace(/(?<![:\w]):(\w+)/g, (place, name: string) => (name in values ? literal(values[name]!) : place))};`;

/** A name may hold what psql, or libpq after it, would read as something else. */
function connectTo(database: string): string {
  const parameter = `dbname='${database.replace(/[\\']/g, "\\$&")}'`;
  const quoted = parameter.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\n", "\\n");
  return `\\set database '${quoted}'\n\\connect -reuse-previous=on :"database"`;
}
