import { PGlite } from "@electric-sql/pglite";

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

/** Runs a statement with the values of its parameters. */
export async function runStatement(postgres: PGlite, { sql, parameters = [] }: DataApiStatement): Promise<void> {
  const names: string[] = [];
  const text = sql!.replace(parameter, (_, name: string) => `$${names.push(name)}`);
  const values = names.map((name) => parameters.find((given) => given.name === name)!.value.stringValue);
  await postgres.query(text, values);
}
