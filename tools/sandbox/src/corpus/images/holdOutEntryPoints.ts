import { beyond, toldAlone } from "../classes";
import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { folder, program, script, type Layer } from "../layer";
import { debian } from "../parts";
import { esbuild, tini } from "./common";

const serving = { serves: true } as const;
const gosu = program(debian("gosu"), "usr/sbin/gosu");
const idle = script("#!/bin/sh\nwhile :; do sleep 5; done\n");

/** An entry point in /usr/local/bin before a server in /srv. */
const entry = (text: string, Cmd: string[] = ["/srv/server"], more: Recipe & { others?: Layer } = {}): Recipe => {
  const { others = {}, ...recipe } = more;
  return {
    base: "debian",
    files: { "usr/local/bin/entry.sh": script(text), "srv/server": idle, ...others },
    WorkingDir: "/srv",
    Entrypoint: ["entry.sh"],
    Cmd,
    ...recipe,
  };
};

/** Asks a port until it answers, or gives up: as many images carry it. */
const waitFor =
  '#!/usr/bin/env bash\nhost=${1%%:*}\nport=${1##*:}\nshift\nlimit=${WAIT_SECONDS:-1}\nfor ((i = 0; i < limit; i++)); do\n  if (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; then break; fi\n  sleep 1\ndone\n[[ $1 == -- ]] && shift\nexec "$@"\n';

export const holdOutEntryPoints = [
  ...imagesOf("entry point script", {
    "waits-with-a-helper-that-was-not-copied": entry('#!/bin/bash\nset -e\n/usr/local/bin/wait-for.sh db:5432 -- "$@"\n'),
    "waits-with-a-helper-without-the-bit": entry(
      '#!/bin/bash\nset -e\n/usr/local/bin/wait-for.sh db:5432 -- true\nexec "$@"\n',
      undefined,
      {
        others: { "usr/local/bin/wait-for.sh": script(waitFor, 0o644) },
      },
    ),
    "waits-with-a-helper-with-windows-ends": entry(
      '#!/bin/bash\nset -e\n/usr/local/bin/wait-for.sh db:5432 -- true\nexec "$@"\n',
      undefined,
      {
        others: { "usr/local/bin/wait-for.sh": script(waitFor.replaceAll("\n", "\r\n")) },
      },
    ),
    "migrates-with-a-program-that-is-not-there": entry('#!/bin/sh\nset -e\necho "migrating"\nflyway migrate\nexec "$@"\n'),
    "migration-chained-before-the-server": entry("#!/bin/sh\nalembic upgrade head && exec /srv/server\n"),
    "dockerize-was-not-installed": entry("", ["dockerize", "-wait", "tcp://db:5432", "/srv/server"], { Entrypoint: [] }),
    "dockerize-of-the-wrong-machine": entry("", ["dockerize", "--version"], {
      Entrypoint: [],
      files: { "usr/local/bin/dockerize": esbuild("linux-arm64") },
    }),
    "sudo-under-set-e": entry('#!/bin/bash\nset -euo pipefail\nsudo chown -R www-data /srv\nexec "$@"\n'),
    "command-with-the-folder-of-the-build": entry('#!/bin/sh\nexec "$@"\n', ["/build/out/server"]),
    "command-is-not-executable": entry('#!/bin/sh\nset -e\nexec "$@"\n', undefined, {
      others: { "srv/server": script("#!/bin/sh\n", 0o644) },
    }),
    "command-has-windows-ends": entry('#!/bin/sh\nset -e\nexec "$@"\n', undefined, {
      others: { "srv/server": script("#!/bin/sh\r\nsleep 1\r\n") },
    }),
    "entry-point-of-its-owner-alone": entry("#!/bin/sh\nexec sleep 3600\n", [], {
      files: { "usr/local/bin/entry.sh": script("#!/bin/sh\nexec sleep 3600\n", 0o700) },
      User: "1000",
    }),
    "gosu-copied-without-its-user": entry('#!/bin/sh\nset -e\nexec gosu app:app "$@"\n', undefined, {
      others: { "usr/local/bin/gosu": gosu },
    }),
    "function-that-runs-what-is-missing": entry('#!/bin/sh\nset -e\nmigrate() {\n  goose up\n}\nmigrate\nexec "$@"\n'),
    "case-with-a-program-that-is-missing": entry(
      '#!/bin/sh\nset -e\ncase "${1:-web}" in\n  web) shift; exec bundle exec puma ;;\n  *) exec "$@" ;;\nesac\n',
      ["web"],
    ),
    "arguments-become-options-of-what-is-missing": entry('#!/bin/sh\nset -e\nexec /usr/local/bin/app --config=/etc/app.yaml "$@"\n', [
      "--verbose",
    ]),
    "fails-in-a-pipe-with-pipefail": entry('#!/bin/bash\nset -eo pipefail\nyq .a /etc/os-release | tee /tmp/a\nexec "$@"\n'),

    "waits-and-goes-on": entry('#!/bin/bash\nset -e\n/usr/local/bin/wait-for.sh db:5432 -- "$@"\n', undefined, {
      others: { "usr/local/bin/wait-for.sh": script(waitFor) },
      ...serving,
    }),
    "waits-for-ever-with-a-tool-that-is-missing": entry(
      '#!/bin/sh\nset -e\nuntil nc -z "${DB_HOST:-db}" 5432; do\n  echo "waiting"\n  sleep 1\ndone\nexec "$@"\n',
      undefined,
      serving,
    ),
    "asks-whether-a-tool-is-there": entry(
      '#!/bin/sh\nset -e\nif command -v newrelic-admin >/dev/null 2>&1; then\n  set -- newrelic-admin run-program "$@"\nfi\nexec "$@"\n',
      undefined,
      serving,
    ),
    "migrates-if-it-is-told": entry(
      '#!/bin/sh\nset -e\nif [ "${RUN_MIGRATIONS:-false}" = "true" ]; then\n  flyway migrate\nfi\nexec "$@"\n',
      undefined,
      serving,
    ),
    "sources-every-file-of-a-folder": entry(
      '#!/bin/bash\nset -Eeuo pipefail\nshopt -s nullglob\nfor f in /etc/entry.d/*.sh /etc/entry.d/*.env; do\n  case "$f" in\n    *.sh) . "$f" ;;\n    *.env) set -a; . "$f"; set +a ;;\n  esac\ndone\nexec "$@"\n',
      undefined,
      {
        others: { "etc/entry.d/10-defaults.sh": ': "${LOG_LEVEL:=info}"\nexport LOG_LEVEL\n', "etc/entry.d/20.env": "REGION=eu\n" },
        ...serving,
      },
    ),
    "reads-secrets-from-files": entry(
      '#!/usr/bin/env bash\nset -e\nfile_env() {\n  local name="$1" file="${1}_FILE" value="${2:-}"\n  if [ "${!name:-}" ] && [ "${!file:-}" ]; then\n    echo >&2 "both $name and $file are set"\n    exit 1\n  fi\n  if [ "${!file:-}" ]; then value="$(< "${!file}")"; elif [ "${!name:-}" ]; then value="${!name}"; fi\n  export "$name"="$value"\n  unset "$file"\n}\nfile_env DB_PASSWORD secret\nexec "$@"\n',
      undefined,
      serving,
    ),
    "penultimate-words-as-rails-asks": entry(
      '#!/bin/bash -e\nif [ -z "${LD_PRELOAD+x}" ]; then\n  LD_PRELOAD=$(find /usr/lib -name libjemalloc.so.2 -print -quit)\n  export LD_PRELOAD\nfi\nif [ "${@: -2:1}" == "./bin/rails" ] && [ "${@: -1:1}" == "server" ]; then\n  ./bin/rails db:prepare\nfi\nexec "${@}"\n',
      undefined,
      serving,
    ),
    "rewrites-the-user-then-gives-root-up": entry(
      '#!/bin/bash\nset -e\nPUID=${PUID:-1234}\nPGID=${PGID:-1234}\nif [ "$(id -u)" -eq 0 ]; then\n  groupadd -o -g "$PGID" app 2>/dev/null || true\n  useradd -o -u "$PUID" -g "$PGID" -M app 2>/dev/null || true\n  chown "$PUID:$PGID" /srv\n  exec gosu "$PUID:$PGID" "$0" "$@"\nfi\nexec "$@"\n',
      undefined,
      { others: { "usr/local/bin/gosu": gosu }, ...serving },
    ),
    "gives-root-up-with-chroot": entry('#!/bin/sh\nset -e\nexec chroot --userspec=33:33 --skip-chdir / "$@"\n', undefined, serving),
    "gives-root-up-with-su-of-busybox": {
      base: "alpine",
      files: { "entry.sh": script("#!/bin/sh\nset -e\nexec su nobody -s /bin/sh -c 'exec sleep 3600'\n") },
      Entrypoint: ["/entry.sh"],
      ...serving,
    },
    "ends-its-child-when-it-is-told": entry(
      '#!/bin/bash\nstop() { kill -TERM "$child" 2>/dev/null; wait "$child"; exit 0; }\ntrap stop TERM INT\n"$@" &\nchild=$!\nwait "$child"\n',
      undefined,
      serving,
    ),
    "makes-a-configuration-with-sed": entry(
      '#!/bin/sh\nset -e\n: "${API_URL:=http://localhost}"\nsed "s|__API__|$API_URL|g" /etc/app.template > /tmp/app.conf\nprintf "%s\\n" "started" >&2\nexec "$@"\n',
      undefined,
      { others: { "etc/app.template": "api=__API__\n" }, ...serving },
    ),
    "runs-without-dash-if-it-is-an-option": entry(
      '#!/bin/sh\nset -e\nif [ "$#" -eq 0 ] || [ "${1#--}" != "$1" ]; then\n  set -- /srv/server "$@"\nfi\nexec "$@"\n',
      ["--port=80"],
      serving,
    ),
    "version-of-a-file-in-a-path": entry('#!/bin/bash\nset -e\nread -r version < /srv/VERSION\nexec "/srv/releases/${version}/run"\n', [], {
      others: { "srv/VERSION": "7\n", "srv/releases/7/run": idle },
      ...serving,
    }),
    "runs-parts-of-a-folder": entry('#!/bin/sh\nset -e\nrun-parts --exit-on-error /etc/start.d\nexec "$@"\n', undefined, {
      others: { "etc/start.d/10-say": script("#!/bin/sh\necho ready\n") },
      ...serving,
    }),
    "here-document-of-another-language": entry(
      '#!/bin/sh\nset -e\ncat <<\'PY\' > /tmp/start.py\nimport missing\nexec("false")\nPY\nexec "$@"\n',
      undefined,
      serving,
    ),
    "init-then-entry-then-command": entry('#!/bin/sh\nset -e\nexec "$@"\n', undefined, {
      others: { "sbin/tini": tini },
      Entrypoint: ["/sbin/tini", "-g", "--", "entry.sh"],
      ...serving,
    }),
    "restarts-what-ends": entry("#!/bin/bash\nwhile true; do\n  flaky-worker --once || sleep 2\ndone\n", [], serving),
    "logs-through-a-pipe": entry('#!/bin/bash\nset -e\nexec > >(tee -a /tmp/out.log) 2>&1\nexec "$@"\n', undefined, serving),
  }),
  ...imagesOf("shell command", {
    "exported-then-missing": { base: "debian", Cmd: shellForm("export APP_HOME=/opt/app && $APP_HOME/bin/start") },
    "sleeps-to-stay": { base: "debian", Cmd: shellForm("tail -f /dev/null"), ...serving },
    "crond-of-alpine": { base: "alpine", files: { "var/spool/cron/crontabs/root": "* * * * * true\n" }, Cmd: ["crond", "-f"], ...serving },
    "defaults-in-a-text": {
      base: "debian",
      files: { "srv/server": idle },
      WorkingDir: "/srv",
      Cmd: shellForm('exec "./${APP:-server}" --port "${PORT:-8080}" ${EXTRA}'),
      ...serving,
    },
    "two-servers-and-wait-for-one": {
      base: "debian",
      Cmd: ["bash", "-c", "sleep 3600 & missing-sidecar & wait -n %1"],
      ...serving,
    },
  }),
  ...imagesOf(beyond, {
    "nologin-shell-through-su": {
      base: "alpine",
      files: { "entry.sh": script('#!/bin/sh\nset -e\nexec su nobody -c "sleep 3600"\n') },
      Entrypoint: ["/entry.sh"],
    },
    "tail-of-a-log-that-is-not-there": { base: "debian", Cmd: shellForm("mkdir -p /data && tail -f /var/log/cron.log") },
    "crond-without-its-folder": { base: "alpine", Cmd: ["crond", "-f", "-l", "8"], ...serving },
  }),
  ...imagesOf(toldAlone, {
    "chown-as-a-user": entry('#!/bin/sh\nset -e\nchown www-data /srv\nexec "$@"\n', undefined, { User: "1000" }),
    "windows-ends-in-a-file-of-variables": entry('#!/bin/sh\nset -e\n. /srv/.env\nexec "$START"\n', [], {
      others: { "srv/.env": "START=/srv/server\r\n" },
    }),
    "needs-a-variable-that-nobody-sets": entry('#!/bin/sh\n: "${DATABASE_URL:?is not set}"\nexec "$@"\n'),
    "waits-for-one-of-two-and-it-ends": { base: "debian", Cmd: ["bash", "-c", "sleep 3600 & missing-sidecar & wait -n"] },
    "writes-where-a-user-may-not": entry('#!/bin/sh\nset -e\nenv > /srv/.env.production\nexec "$@"\n', undefined, { User: "1000" }),
    "writes-its-pid-where-it-may": entry('#!/bin/sh\nset -e\necho $$ > /srv/run/pid\nexec "$@"\n', undefined, {
      others: { "srv/run": folder(0o755, 1000) },
      User: "1000",
      ...serving,
    }),
  }),
];
