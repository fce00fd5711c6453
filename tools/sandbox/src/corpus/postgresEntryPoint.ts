/**
 * What the official image's entry point does, by the same variables: the first start makes a cluster in PGDATA, POSTGRES_USER and POSTGRES_DB, and runs what
 * /docker-entrypoint-initdb.d has while nobody can connect from outside.
 *
 * @see https://github.com/docker-library/docs/blob/master/postgres/README.md
 */
export const postgresEntryPoint = `#!/usr/bin/env bash
set -Eeo pipefail

file_env() {
  local file="\${1}_FILE"
  if [ -n "\${!file}" ]; then export "$1"="$(<"\${!file}")"; fi
  export "$1"="\${!1:-$2}"
}

run_sql() { psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"; }

initialize() {
  if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != "trust" ]; then
    echo >&2 "Error: Database is uninitialized and superuser password is not specified."
    exit 1
  fi
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\\n' "$POSTGRES_PASSWORD") --no-sync -D "$PGDATA" $POSTGRES_INITDB_ARGS
  printf '\\nhost all all all %s\\n' "\${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
  sed -i "s/^#listen_addresses = .*/listen_addresses = '*'/" "$PGDATA/postgresql.conf"
  PGUSER="$POSTGRES_USER" pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
  if [ "$POSTGRES_DB" != postgres ]; then
    POSTGRES_DB=postgres run_sql -v db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db";'
  fi
  local f
  for f in /docker-entrypoint-initdb.d/*; do
    case "$f" in
      *.sh) if [ -x "$f" ]; then "$f"; else . "$f"; fi ;;
      *.sql) run_sql -f "$f" ;;
      *.sql.gz) gunzip -c "$f" | run_sql ;;
    esac
  done
  PGUSER="$POSTGRES_USER" pg_ctl -D "$PGDATA" -m fast -w stop
  echo
  echo "PostgreSQL init process complete; ready for start up."
}

if [ "\${1:0:1}" = "-" ]; then
  set -- postgres "$@"
fi

if [ "$1" = "postgres" ]; then
  file_env POSTGRES_PASSWORD
  file_env POSTGRES_USER postgres
  file_env POSTGRES_DB "$POSTGRES_USER"
  mkdir -p "$PGDATA"
  if [ "$(id -u)" = "0" ]; then
    find "$PGDATA" \\! -user postgres -exec chown postgres "{}" +
    chmod 00700 "$PGDATA"
    exec gosu postgres "$BASH_SOURCE" "$@"
  fi
  chmod 00700 "$PGDATA" || :
  if [ ! -s "$PGDATA/PG_VERSION" ]; then initialize; fi
fi

exec "$@"
`;
