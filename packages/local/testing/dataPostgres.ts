import { join } from "node:path";

import { ensureCertificates } from "../src/data/authority";
import { localData } from "../src/data/localData";
import type { LocalData } from "../src/data/model";
import { authorityPath } from "../src/data/tls";
import type { Plan } from "@fairlead/plan";

import { contextIn } from "./dataPlan";
import { asProcess, runService, until, type Servers } from "./dataProcesses";

/** What the official image has in its place, as far as a first start needs it: the files, and another user than root. */
const entryPoint = `#!/bin/sh
set -eu
as_user() { if [ "$(id -u)" = 0 ]; then exec setpriv --reuid postgres --regid postgres --clear-groups "$@"; else exec "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  (umask 077; echo "$POSTGRES_PASSWORD" >"$PWFILE"; [ "$(id -u)" != 0 ] || chown postgres "$PWFILE")
  (as_user initdb --username="$POSTGRES_USER" --pwfile="$PWFILE" >/dev/null)
fi
as_user "$@" -c unix_socket_directories="$PGDATA"
`;

/** A database that a plan has, running here. */
export interface RunningDatabase {
  data: LocalData;
  /** The authority's certificate. */
  authority: string;
  /** Runs what brings the roles about. */
  roles: () => { status: number | null; output: string };
  log: () => string;
}

/** Starts the first database of a plan by what its container would be started with. @param folder may be read by the user \`postgres\` */
export async function startDatabase(plan: Plan, folder: string, servers: Servers, path: string): Promise<RunningDatabase> {
  const context = contextIn(folder);
  const { data, certificates } = localData(plan, context);
  await ensureCertificates(context.settings, certificates);
  const [database] = data;
  const [server, roles] = Object.keys(database!.part.services!) as [string, string];
  const files = join(folder, "var/lib/postgresql/data");
  const place = { root: folder, folder, also: ["/run/fairlead"], programs: { "docker-entrypoint.sh": entryPoint } };
  const env = { PATH: path, PGDATA: files, PWFILE: join(folder, "password"), LC_ALL: "C.UTF-8" };
  const log = servers.start(asProcess(server, database!.part, { ...place, env }));
  const check = database!.part.services![server]!.healthcheck as { test: string[] };
  await until(() => runService({ command: check.test.slice(1), env: { PATH: path } }).status === 0, log);
  return {
    data: database!,
    authority: join(folder, authorityPath),
    roles: () => runService(asProcess(roles, database!.part, { root: folder, folder, env: { PATH: path } })),
    log,
  };
}
