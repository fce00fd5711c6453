import { posix } from "node:path";
import { likelySecret } from "@fairlead/model";

import type { ImportedService } from "../write/imported";
import { serviceName, untakenName } from "../write/serviceName";
import type { DataService, InitScript } from "./dataService";
import type { ServiceTranslation } from "./serviceTranslation";
import type { Mount } from "./steps/mount";

const folder = "/docker-entrypoint-initdb.d";
/** What only an administrator may, what names roles that are not there, and what psql itself is told. */
const beyond =
  /\b(?:CREATE|ALTER|DROP)\s+(?:DATABASE|ROLE|USER|TABLESPACE|SYSTEM)\b|\b(?:GRANT|REVOKE|REASSIGN)\b|\bOWNER\s+TO\b|\bCOPY\b[^;]*\bFROM\s+(?:PROGRAM\s+)?'|^\s*\\(?!\.\s*$)\w/im;
const extension = /\bCREATE\s+EXTENSION\s+(?:IF\s+NOT\s+EXISTS\s+)?"?([\w-]+)"?/gi;
/** Extensions that whoever may create in a database may have there. */
const trusted = new Set(["btree_gin", "btree_gist", "citext", "hstore", "pg_trgm", "pgcrypto", "unaccent", "uuid-ossp"]);

/** What a mount makes a new database begin with; undefined for what a service of its own can't run, as the administrator did. */
export function initScripts(translation: ServiceTranslation, { field, source = "", target }: Mount): InitScript[] | undefined {
  const { files } = translation.context;
  const inSource = /^(?:\/|~|[A-Za-z]:[\\/])/.test(source) ? undefined : translation.inSource(source, field.node);
  if (inSource === undefined) return undefined;
  const isFile = files.paths.includes(inSource);
  if (isFile && target === folder) return undefined;
  const found = isFile ? [inSource] : files.paths.filter((path) => posix.dirname(path) === inSource);
  const read = found
    .filter((path) => /\.(?:sql|sh|gz|xz|zst)$/.test(path))
    .map((path) => ({ name: posix.basename(isFile ? target : path), text: files.read(path) ?? "" }));
  const isOwn = ({ name, text }: InitScript) =>
    name.endsWith(".sql") &&
    text.trim() !== "" &&
    !beyond.test(text) &&
    [...text.matchAll(extension)].every(([, each]) => trusted.has(each!.toLowerCase())) &&
    !text.split("\n").some((line) => likelySecret("", line.trim()));
  return read.length > 0 && read.every(isOwn) ? read : undefined;
}

/** The job that runs the scripts of a database before its services start, once: where there are tables it does nothing. */
export function initJob({ name, scripts, version }: DataService, taken: readonly ServiceTranslation[]): ImportedService[] {
  if (scripts.length === 0) return [];
  const job = untakenName(serviceName(`${name}-tables`), (wanted) => taken.some(({ service }) => service === wanted));
  const ordered = [...scripts].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ text }, index) => ({ file: `${index + 1}.sql`, text }));
  const before = taken.filter(({ role, uses }) => role === "service" && uses.has(name)).map(({ service }) => service);
  const files = {
    ...Object.fromEntries(ordered.map(({ file, text }) => [file, text])),
    "create-tables.sh": [
      "set -eu",
      "export PGSSLMODE=require",
      `tables=$(psql -tAc "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")`,
      'if [ "$tables" != 0 ]; then echo "There are tables already: nothing to do."; exit 0; fi',
      `psql -v ON_ERROR_STOP=1 --single-transaction ${ordered.map(({ file }) => `-f /srv/${file}`).join(" ")}`,
      "",
    ].join("\n"),
    Dockerfile: [
      "# What Compose ran as the database was new.",
      `FROM postgres:${version}-alpine`,
      `COPY ${JSON.stringify([...ordered.map(({ file }) => file), "create-tables.sh", "/srv/"])}`,
      "USER postgres",
      'CMD ["sh", "/srv/create-tables.sh"]',
      "",
    ].join("\n"),
  };
  const as = { host: "PGHOST", port: "PGPORT", database: "PGDATABASE", username: "PGUSER", password: "PGPASSWORD" };
  const base = {
    name: job,
    kind: "job",
    user: "image",
    readonlyRootFilesystem: false,
    uses: [{ name, as }],
    ...(before.length > 0 && { before }),
  };
  return [{ name: job, type: "job", layers: { base, environments: {} }, files }];
}
