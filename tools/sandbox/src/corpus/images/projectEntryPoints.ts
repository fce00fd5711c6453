import { toldAlone } from "../classes";
import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { folder, link, program, script, tree, type Layer } from "../layer";
import { debian } from "../parts";
import { tini } from "./common";

const serving = { serves: true } as const;
const run = 'exec "$@"\n';
const server = "require('node:http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT ?? 3000);\n";
/** What Debian's base-files has as /etc/profile. */
const profile =
  'if [ "$(id -u)" -eq 0 ]; then\n  PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nelse\n  PATH="/usr/local/bin:/usr/bin:/bin"\nfi\nexport PATH\n';

/** An entry point before a server of Node's, on an image that has no other. */
const entry = (text: string, { others = {}, shell = "/bin/sh", ...more }: Recipe & { others?: Layer; shell?: string } = {}): Recipe => ({
  base: "node",
  files: { "usr/local/bin/entrypoint.sh": script(`#!${shell}\n${text}`), "app/server.js": server, ...others },
  WorkingDir: "/app",
  Entrypoint: ["entrypoint.sh"],
  Cmd: ["node", "server.js"],
  ...more,
});
const bash = (text: string, more: Recipe & { others?: Layer } = {}) => entry(text, { shell: "/usr/bin/env bash", ...more });
const s6: Layer = {
  "usr/bin": tree(debian("s6"), "usr/bin"),
  "usr/bin/.": tree(debian("execline"), "usr/bin"),
  ...Object.fromEntries(
    ["libs6-2.11", "libexecline2.9", "libskarnet2.13"].map((name, index) => [
      `usr/lib/x86_64-linux-gnu${"/.".repeat(index)}`,
      tree(debian(name), "usr/lib/x86_64-linux-gnu"),
    ]),
  ),
};

export const projectEntryPoints = [
  ...imagesOf("entry point script", {
    "functions-that-end-in-main": bash(
      'set -eo pipefail\n\nlog() {\n  printf "%s [%s] %s\\n" "$(date -u +%FT%TZ)" "$1" "$2" >&2\n}\n\nfile_env() {\n  local var="$1" fileVar="${1}_FILE" def="${2:-}"\n  if [ "${!var:-}" ] && [ "${!fileVar:-}" ]; then\n    log ERROR "both $var and $fileVar are set"\n    exit 1\n  fi\n  local val="$def"\n  if [ "${!var:-}" ]; then\n    val="${!var}"\n  elif [ "${!fileVar:-}" ]; then\n    val="$(< "${!fileVar}")"\n  fi\n  export "$var"="$val"\n  unset "$fileVar"\n}\n\n_is_sourced() {\n  [ "${#FUNCNAME[@]}" -ge 2 ] && [ "${FUNCNAME[0]}" = "_is_sourced" ] && [ "${FUNCNAME[1]}" = "source" ]\n}\n\n_main() {\n  if [ "${1:0:1}" = "-" ]; then\n    set -- node "$@"\n  fi\n  if [ "$1" = "node" ]; then\n    file_env DATABASE_PASSWORD\n    file_env SESSION_KEY changeme\n    log INFO "starting"\n  fi\n  exec "$@"\n}\n\nif ! _is_sourced; then\n  _main "$@"\nfi\n',
      serving,
    ),
    "settings-of-every-variable-with-a-prefix": bash(
      'set -euo pipefail\nconfig=/tmp/app.ini\n: > "$config"\nfor name in $(compgen -e | grep "^APP_" || true); do\n  key=$(echo "${name#APP_}" | tr "[:upper:]" "[:lower:]")\n  echo "$key=${!name}" >> "$config"\ndone\n' +
        run,
      { Env: { APP_LOG_LEVEL: "info" }, ...serving },
    ),
    "options-of-the-server-are-collected": bash(
      'set -e\nARGS=()\n[[ -n "${PORT:-}" ]] && ARGS+=("--port" "$PORT")\n[[ "${VERBOSE:-false}" == "true" ]] && ARGS+=(--verbose)\nfor arg in "$@"; do\n  case "$arg" in\n    --skip-*) ;;\n    *) ARGS+=("$arg") ;;\n  esac\ndone\nexec node server.js "${ARGS[@]}"\n',
      { Cmd: [], task: { command: ["--skip-checks", "--cluster"] }, ...serving },
    ),
    "secrets-of-json-without-jq": entry(
      'set -e\nif [ -n "$APP_SECRETS" ]; then\n  export $(echo "$APP_SECRETS" | jq -r "to_entries[] | .key + \\"=\\" + .value")\nfi\n' +
        run,
      {
        task: { environment: { APP_SECRETS: '{"KEY":"x"}' } },
        ...serving,
      },
    ),
    "address-of-the-task-if-it-is-on-ecs": entry(
      'set -e\nif [ -n "$ECS_CONTAINER_METADATA_URI_V4" ]; then\n  HOST_IP=$(curl -s "$ECS_CONTAINER_METADATA_URI_V4" | jq -r ".Networks[0].IPv4Addresses[0]")\n  export HOST_IP\nfi\n' +
        run,
      serving,
    ),
    "tasks-by-name": entry(
      'set -e\ncmd="${1:-start}"\n[ "$#" -gt 0 ] && shift\n\nmigrate() { node migrate.js "$@"; }\n\ncase "$cmd" in\n  start | web)\n    migrate\n    exec node server.js "$@"\n    ;;\n  worker) exec node worker.js "$@" ;;\n  console) exec node ;;\n  *) exec "$cmd" "$@" ;;\nesac\n',
      { Cmd: ["start"], others: { "app/migrate.js": "" }, ...serving },
    ),
    "retries-of-a-migration": entry(
      'set -u\nn=0\nuntil node migrate.js; do\n  n=$((n + 1))\n  if [ "$n" -ge 5 ]; then\n    echo "no database" >&2\n    exit 1\n  fi\n  sleep 1\ndone\n' +
        run,
      { others: { "app/migrate.js": "process.exit(0);\n" }, ...serving },
    ),
    "variables-written-for-a-page": entry(
      "set -e\nfor v in $(env | grep '^PUBLIC_' | cut -d= -f1); do\n  eval \"value=\\$$v\"\n  find /app/public -name '*.js' -exec sed -i \"s|__${v}__|${value}|g\" {} +\ndone\n" +
        run,
      {
        others: { "app/public/main.js": "fetch('__PUBLIC_API__');\n" },
        task: { environment: { PUBLIC_API: "https://api.example.com" } },
        ...serving,
      },
    ),
    "folders-of-a-mount-are-made-for-a-user": entry(
      'set -e\nmkdir -p "$DATA_DIR/uploads" "$DATA_DIR/cache"\nif [ "$(id -u)" = "0" ]; then\n  chown -R node:node "$DATA_DIR"\n  exec setpriv --reuid=node --regid=node --init-groups "$@"\nfi\n' +
        run,
      { task: { environment: { DATA_DIR: "/data" }, writableMounts: ["/data"] }, ...serving },
    ),
    "limits-and-masks-first": entry(
      'ulimit -n 65536 2>/dev/null || true\numask 0027\nexport NODE_OPTIONS="--max-old-space-size=$((${MEMORY_MB:-512} * 3 / 4))"\n' + run,
      serving,
    ),
    "number-of-workers-of-the-machine": entry(
      'set -e\nWORKERS=${WEB_CONCURRENCY:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc)}\nexport WORKERS\nexec "$@" --workers "$WORKERS"\n',
      serving,
    ),
    "two-processes-and-the-first-that-ends": bash(
      'set -m\nnode server.js &\nPORT=3001 node server.js &\ntrap "kill 0" TERM INT\nwait -n\nexit $?\n',
      { Cmd: [], ...serving },
    ),
    "cron-of-debian-in-the-foreground": {
      base: "debian",
      files: {
        "usr/sbin/cron": program(debian("cron"), "usr/sbin/cron"),
        "etc/cron.d/jobs": "* * * * * root /usr/local/bin/job\n",
        "etc/pam.d/cron": "",
        "var/spool/cron/crontabs": folder(0o1730, 0, 105),
        "start.sh": script(
          '#!/bin/sh\nset -e\nprintenv | grep -v "no_proxy" >> /etc/environment\ntouch /var/log/cron.log\ncron\nexec tail -f /var/log/cron.log\n',
        ),
      },
      Cmd: ["/start.sh"],
      ...serving,
    },
    "supervisor-of-s6": {
      base: "node",
      files: {
        ...s6,
        "etc/services.d/web/run": script("#!/bin/sh\nexec node /app/server.js\n"),
        "etc/services.d/web/finish": script("#!/bin/sh\ns6-svscanctl -t /etc/services.d\n"),
        "app/server.js": server,
      },
      Entrypoint: ["s6-svscan", "/etc/services.d"],
      Cmd: [],
      ...serving,
    },
    "script-of-node-by-env-with-options": {
      base: "node",
      files: { "app/bin/start": script(`#!/usr/bin/env -S node --enable-source-maps --no-warnings\n${server}`) },
      Cmd: ["/app/bin/start"],
      ...serving,
    },
    "entry-point-in-the-folder-of-the-app-and-workdir-elsewhere": {
      base: "node",
      files: { "srv/shop/docker/entrypoint.sh": script(`#!/bin/sh\nset -e\ncd "\${0%/*}/.."\n${run}`), "srv/shop/server.js": server },
      WorkingDir: "/tmp",
      Entrypoint: ["/srv/shop/docker/entrypoint.sh"],
      Cmd: ["node", "server.js"],
      ...serving,
    },
    "entry-point-behind-two-links": {
      base: "node",
      files: {
        "opt/scripts/entry.sh": script(`#!/bin/sh\nset -e\n. "$(dirname "$(readlink -f "$0")")/common.sh"\n${run}`),
        "opt/scripts/common.sh": 'say() { echo "$1"; }\nsay ready\n',
        "usr/local/bin/entry": link("/opt/scripts/entry.sh"),
        entry: link("usr/local/bin/entry"),
        "app/server.js": server,
      },
      WorkingDir: "/app",
      Entrypoint: ["/entry"],
      Cmd: ["node", "server.js"],
      ...serving,
    },
    "tini-as-a-reaper-of-a-script": {
      base: "node",
      files: {
        "usr/bin/tini": tini,
        "app/run.sh": script('#!/bin/bash\nset -e\nnode server.js --queue 2>&1 | while IFS= read -r line; do echo "[web] $line"; done\n'),
        "app/server.js": server,
      },
      WorkingDir: "/app",
      Entrypoint: ["tini", "-s", "-v", "--"],
      Cmd: ["./run.sh"],
      ...serving,
    },
    "login-shell-that-keeps-what-it-needs": {
      base: "node",
      files: { "etc/profile": profile, "app/server.js": server },
      WorkingDir: "/app",
      Entrypoint: ["/bin/bash", "-lc"],
      Cmd: ["exec node server.js"],
      ...serving,
    },

    "login-shell-that-forgets-the-path": {
      base: "python-web",
      files: {
        "etc/profile": profile,
        "opt/venv/bin/serve": script("#!/usr/local/bin/python3.11\nimport time\ntime.sleep(3600)\n"),
      },
      Env: { PATH: "/opt/venv/bin:/usr/local/bin:/usr/bin:/bin" },
      Entrypoint: ["/bin/bash", "-lc"],
      Cmd: ["serve --port 80"],
    },
    "byte-order-mark-before-the-first-line": {
      base: "node",
      files: { "app/entrypoint.sh": script(`\uFEFF#!/bin/sh\n${run}`), "app/server.js": server },
      WorkingDir: "/app",
      Entrypoint: ["/app/entrypoint.sh"],
      Cmd: ["node", "server.js"],
    },
    "script-of-bash-through-sh": {
      base: "node",
      files: { "app/entrypoint.sh": script(`#!/bin/bash\nset -euo pipefail\n${run}`), "app/server.js": server },
      WorkingDir: "/app",
      Entrypoint: ["sh", "/app/entrypoint.sh"],
      Cmd: ["node", "server.js"],
    },
    "regular-expression-of-bash-through-sh": {
      base: "node",
      files: {
        "app/entrypoint.sh": script('#!/bin/bash\nif [[ "$1" =~ ^node ]]; then\n  exec "$@"\nfi\nexit 64\n'),
        "app/server.js": server,
      },
      WorkingDir: "/app",
      Entrypoint: ["sh", "/app/entrypoint.sh"],
      Cmd: ["node", "server.js"],
    },
    "secrets-by-a-tool-that-was-not-copied": entry('set -e\nexec chamber exec shop -- "$@"\n'),
    "aws-command-line-that-is-not-installed": entry("set -e\naws s3 cp s3://shop-config/app.json /app/app.json\n" + run),
    "entry-point-of-s6-without-s6": entry("", {
      others: { "etc/cont-init.d/10-app": script("#!/usr/bin/with-contenv bash\necho\n") },
      Entrypoint: ["/etc/cont-init.d/10-app"],
    }),
    "migration-in-the-entry-point-of-a-file-not-copied": entry("set -e\nnode dist/migrate.js\n" + run),
    "server-in-the-entry-point-of-a-file-not-copied": entry("set -e\necho starting\nexec node dist/server.js\n"),
    "entry-point-copied-into-a-folder-of-its-name": {
      base: "node",
      files: { "entrypoint.sh/entrypoint.sh": script(`#!/bin/sh\n${run}`), "app/server.js": server },
      WorkingDir: "/app",
      Entrypoint: ["/entrypoint.sh"],
      Cmd: ["node", "server.js"],
    },
    "includes-a-library-of-bash-that-is-elsewhere": bash('set -e\nsource "$(dirname "$0")/lib/log.sh"\nlog ready\n' + run, {
      others: { "app/lib/log.sh": 'log() { echo "$1"; }\n' },
    }),
    "wait-helper-called-by-its-old-name": entry("set -e\n/wait-for-it.sh db:5432 --timeout=5\n" + run, {
      others: { "usr/local/bin/wait-for-it": script("#!/bin/sh\nexit 0\n") },
    }),
    "user-of-the-builder-in-setpriv": entry('set -e\nexec setpriv --reuid=app --regid=app --init-groups "$@"\n'),
    "unclosed-condition": entry('set -e\nif [ "$MIGRATE" = "true" ]; then\n  node migrate.js\n\n' + run),
  }),
  ...imagesOf("shell command", {
    "text-with-a-pipe-to-a-formatter": {
      base: "node",
      files: {
        "app/server.js": server,
        "app/node_modules/.bin/pino-pretty": script("#!/usr/bin/env node\nprocess.stdin.pipe(process.stdout);\n"),
      },
      WorkingDir: "/app",
      Env: { PATH: "/app/node_modules/.bin:/usr/local/bin:/usr/bin:/bin" },
      Cmd: shellForm("node server.js | pino-pretty"),
      ...serving,
    },
  }),
  // The shell waits for what it runs on the left, which decides when it ends.
  ...imagesOf(toldAlone, {
    "text-with-a-pipe-to-a-formatter-that-is-missing": {
      base: "node",
      files: { "app/server.js": server },
      WorkingDir: "/app",
      Entrypoint: ["/bin/bash", "-o", "pipefail", "-c"],
      Cmd: ["node --check server.js | pino-pretty"],
    },
  }),
];
