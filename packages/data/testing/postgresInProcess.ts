import { PGlite } from "@electric-sql/pglite";

import { scramVerifier } from "../src/role/scramVerifier";

/** A statement as the Data API takes it. */
export interface DataApiStatement {
  sql?: string;
  parameters?: { name: string; value: { stringValue: string } }[];
}

/** As the Data API tells parameters from the rest of a statement: `:name`, but not `::type`. */
const parameter = /(?<![:\w]):([A-Za-z_]\w*)/g;

/** PostgreSQL in this process. Its database is `template1`. */
export async function startPostgres(): Promise<PGlite> {
  const made = await PGlite.create();
  const loadDataDir = await made.dumpDataDir("none");
  await made.close();
  // The process that made the cluster keeps what it made of the system's tables in its caches, and trips over it.
  return PGlite.create({ loadDataDir });
}

/** Whether a role may log in with a password: the process itself asks nobody for one. */
export async function canLogIn(postgres: PGlite, { username, password }: { username: string; password: string }): Promise<boolean> {
  const known = await postgres.query<{ verifier: string | null }>(
    "SELECT rolpassword AS verifier FROM pg_authid WHERE rolcanlogin AND rolname = $1",
    [username],
  );
  const verifier = known.rows[0]?.verifier;
  return Boolean(verifier) && scramVerifier(password, Buffer.from(verifier!.split(/[:$]/)[2]!, "base64")) === verifier;
}

/** Runs a statement with the values of its parameters. */
export async function runStatement(postgres: PGlite, { sql, parameters = [] }: DataApiStatement): Promise<void> {
  const names: string[] = [];
  const text = sql!.replace(parameter, (_, name: string) => `$${names.push(name)}`);
  const values = names.map((name) => parameters.find((given) => given.name === name)!.value.stringValue);
  await postgres.query(text, values);
}
