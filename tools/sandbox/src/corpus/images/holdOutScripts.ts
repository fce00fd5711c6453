import { imagesOf, type Recipe } from "../corpusImage";
import { folder, program, script, tree, type Layer } from "../layer";
import { debian } from "../parts";

const serving = { serves: true } as const;
const idle = script("#!/bin/sh\nwhile :; do sleep 5; done\n");

/** A script in /srv/bin that serves in the end, on Debian and with bash where it says so. */
const starts = (text: string, { others = {}, ...more }: Recipe & { others?: Layer } = {}, shell = "/bin/sh"): Recipe => ({
  base: "debian",
  files: { "srv/bin/start": script(`#!${shell}\n${text}`), "srv/server": idle, ...others },
  WorkingDir: "/srv",
  Entrypoint: ["/srv/bin/start"],
  Cmd: ["/srv/server"],
  ...serving,
  ...more,
});
const bash = (text: string, more: Recipe & { others?: Layer } = {}) => starts(text, more, "/bin/bash");
const withLibrary: Layer = {
  "opt/lib/libpopt.so.0": program(debian("libpopt0"), "usr/lib/x86_64-linux-gnu/libpopt.so.0.0.2"),
  "usr/sbin/logrotate": program(debian("logrotate"), "usr/sbin/logrotate"),
};
/** Writes dist/main.js, as a compiler would. */
const build =
  "const fs = require('fs');\nfs.mkdirSync('dist', { recursive: true });\nfs.writeFileSync('dist/main.js', 'setInterval(() => {}, 1000)');\n";
const ofNode = (text: string): Recipe => ({
  base: "node",
  files: {
    "srv/build.js": build,
    "srv/.env.example": "A=1\n",
    "srv/shared/web.js": "setInterval(() => {}, 1000);\n",
    "start.sh": script(`#!/bin/sh\n${text}`),
  },
  WorkingDir: "/srv",
  Cmd: ["/start.sh"],
  ...serving,
});
const run = 'exec "$@"\n';

/** Scripts that people ship and that run, though a reader in haste would say otherwise. */
export const holdOutScripts = imagesOf("entry point script", {
  "bit-is-set-as-it-starts": starts("set -e\nchmod +x /srv/tool\nexec /srv/tool\n", {
    others: { "srv/tool": script("#!/bin/sh\nexec sleep 3600\n", 0o644) },
  }),
  "line-ends-are-mended-as-it-starts": starts("set -e\nsed -i 's/\\r$//' /srv/tool\nexec /srv/tool\n", {
    others: { "srv/tool": script("#!/bin/sh\r\nexec sleep 3600\r\n") },
  }),
  "program-is-copied-as-it-starts": starts("set -e\ncp /srv/server /tmp/worker\nexec /tmp/worker\n"),
  "program-is-written-as-it-starts": starts(
    "set -e\ncat > /tmp/job <<'END'\n#!/bin/sh\nexec sleep 3600\nEND\nchmod 755 /tmp/job\nexec /tmp/job\n",
  ),
  "program-is-linked-as-it-starts": starts(
    "set -e\nmkdir -p /opt/app/bin\nln -sf /srv/server /opt/app/bin/current\ncd /opt/app\nexec bin/current\n",
  ),
  "program-is-unpacked-as-it-starts": starts(
    "set -e\ntar -C /tmp -cf /tmp/a.tar -P /srv/server\nmkdir /tmp/out\ntar -C /tmp/out -xf /tmp/a.tar\nexec /tmp/out/srv/server\n",
  ),
  "user-is-added-as-it-starts": starts("set -e\necho 'app:x:1234:1234::/:/bin/sh' >> /etc/passwd\nexec gosu app \"$@\"\n", {
    others: { "usr/local/bin/gosu": program(debian("gosu"), "usr/sbin/gosu") },
  }),
  "user-of-alpine-is-added-as-it-starts": {
    base: "alpine",
    files: {
      start: script("#!/bin/sh\nset -e\ncat >> /etc/passwd <<END\napp:x:1234:1234::/:/bin/sh\nEND\nexec su app -c 'exec sleep 3600'\n"),
    },
    Entrypoint: ["/start"],
    ...serving,
  },
  "user-is-added-with-useradd": starts('set -e\nid app >/dev/null 2>&1 || useradd -u 1234 -M app\nexec gosu app "$@"\n', {
    others: {
      "usr/local/bin/gosu": program(debian("gosu"), "usr/sbin/gosu"),
      "usr/lib/x86_64-linux-gnu": tree(debian("libsemanage2"), "usr/lib/x86_64-linux-gnu"),
      "usr/lib/x86_64-linux-gnu/.": tree(debian("libsepol2"), "lib/x86_64-linux-gnu"),
      "usr/lib/x86_64-linux-gnu/./.": tree(debian("libbz2-1.0"), "lib/x86_64-linux-gnu"),
    },
  }),
  "passwd-is-copied-as-it-starts": starts('set -e\ncp /srv/passwd /etc/passwd\nexec setpriv --reuid=app --regid=33 --clear-groups "$@"\n', {
    others: { "srv/passwd": "root:x:0:0::/root:/bin/sh\napp:x:1234:33::/:/bin/sh\n" },
  }),
  "library-path-is-set-as-it-starts": starts("set -e\nexport LD_LIBRARY_PATH=/opt/lib\nlogrotate --version\n" + run, {
    others: withLibrary,
  }),
  "library-is-linked-as-it-starts": starts("set -e\nln -s /opt/lib/libpopt.so.0 /usr/lib/libpopt.so.0\nlogrotate --version\n" + run, {
    others: withLibrary,
  }),
  "library-is-listed-as-it-starts": starts("set -e\necho /opt/lib > /etc/ld.so.conf.d/app.conf\nldconfig\nlogrotate --version\n" + run, {
    others: withLibrary,
  }),
  "file-is-built-as-it-starts": ofNode("set -e\nnode build.js\nexec node dist/main.js\n"),
  "file-is-copied-as-it-starts": ofNode("set -e\ncp build.js server.js\nnode server.js\nexec node dist/main\n"),
  "environment-file-is-copied-as-it-starts": ofNode(
    "set -e\n[ -f .env ] || cp .env.example .env\nnode build.js\nexec node --env-file=.env dist/main.js\n",
  ),
  "modules-of-a-variable-that-is-exported": ofNode("set -e\nexport NODE_PATH=/srv/shared\nexec node -e \"require('web')\"\n"),
  "virtual-environment-that-is-activated": {
    base: "python",
    files: {
      "opt/venv/bin/activate": 'VIRTUAL_ENV=/opt/venv\nexport VIRTUAL_ENV\nPATH="$VIRTUAL_ENV/bin:$PATH"\nexport PATH\n',
      "opt/venv/bin/serve": idle,
      start: script("#!/bin/bash\nset -e\nsource /opt/venv/bin/activate\nexec serve\n"),
    },
    Cmd: ["/start"],
    ...serving,
  },
  "packages-of-a-variable-that-is-exported": {
    base: "python",
    files: {
      "opt/libs/shop/__main__.py": "import time\ntime.sleep(3600)\n",
      start: script("#!/bin/sh\nPYTHONPATH=/opt/libs exec python -m shop\n"),
    },
    Cmd: ["/start"],
    ...serving,
  },
  "module-is-written-as-it-starts": {
    base: "python",
    Cmd: ["sh", "-c", "python -c \"open('/tmp/job.py', 'w').write('import time; time.sleep(3600)')\" && cd /tmp && exec python job.py"],
    ...serving,
  },
  "built-before-npm-starts-it": {
    base: "node",
    files: {
      "app/package.json": '{ "name": "x", "scripts": { "prestart": "node build.js", "start": "node dist/main.js" } }\n',
      "app/build.js": build,
    },
    WorkingDir: "/app",
    Cmd: ["npm", "start"],
    ...serving,
  },
  "built-in-the-same-text": {
    base: "node",
    files: { "app/build.js": build },
    WorkingDir: "/app",
    Cmd: ["sh", "-c", "node build.js && node dist/main.js"],
    ...serving,
  },
  "jar-is-copied-as-it-starts": {
    base: "java",
    files: { "app/h2-1.0.jar": program(debian("libh2-java"), "usr/share/java/h2.jar", 0o644) },
    WorkingDir: "/app",
    Cmd: ["sh", "-c", "cp h2-*.jar app.jar && exec java -jar app.jar -tcp"],
    ...serving,
  },
  "mode-of-a-folder-is-changed-as-it-starts": starts("set -e\nmkdir -p /run/app/logs\ncd /run/app/logs\nexec > out.log\n" + run),
  "file-that-may-be-missing-is-read": starts("set -e\n[ -f /srv/.env ] && . /srv/.env\n" + run),
  "file-that-may-be-missing-is-listed": starts("set -e\nif [ -s /srv/.env ]; then\n  export $(grep -v '^#' /srv/.env | xargs)\nfi\n" + run),
  "help-that-nobody-asks-for": starts('case "$1" in\n  -h | --help) echo usage; exit 64 ;;\nesac\n' + run),
  "ends-unless-it-is-root": starts('if [ "$(id -u)" -ne 0 ]; then\n  echo "root alone" >&2\n  exit 1\nfi\n' + run),
  "ends-if-it-is-root": starts('[ "$(id -u)" = 0 ] && { echo "not as root" >&2; exit 1; }\n' + run, { User: "1000" }),
  "ends-on-another-machine": starts('case "$(uname -m)" in\n  x86_64 | amd64) ;;\n  *) exit 1 ;;\nesac\n' + run),
  "ends-unless-it-is-the-first-process": starts("[ $$ -eq 1 ] || exit 1\n" + run),
  "ends-unless-a-folder-of-the-task-is-there": starts('[ -d "$DATA" ] || exit 1\n[ -w "$DATA" ] || exit 2\n' + run, {
    task: { environment: { DATA: "/data" }, writableMounts: ["/data"] },
  }),
  "ends-in-a-function-that-nobody-calls": starts("fail() {\n  exit 1\n}\nusage() {\n  fail\n}\n" + run),
  "ends-a-shell-within": starts("set -e\n(exit 3) || true\n(cd /missing 2>/dev/null && ./run) || :\n" + run),
  "failures-that-set-e-passes-over": starts(
    'set -e\nexport A="$(false)"\nif ! grep -q nothing /etc/os-release; then :; fi\nwhile false; do :; done\n! true\nB=$(cat /missing 2>/dev/null || echo default)\nfalse && true\n' +
      run,
  ),
  "failures-of-local-variables": bash(
    'set -euo pipefail\nf() {\n  local a=$(false)\n  declare b=$(cat /missing 2>/dev/null)\n  echo "$a$b"\n}\nf\n' + run,
  ),
  "unset-variables-with-defaults": bash('set -u\necho "${HOST:-none} ${PORT-} ${USER:+x}"\nargs=()\nexec "$@" ${args[@]+"${args[@]}"}\n'),
  "finds-itself": starts('set -e\nhere=$(cd "$(dirname "$0")" && pwd)\n. "$here/../lib/common.sh"\nexec "$here/../$SERVER"\n', {
    others: { "srv/lib/common.sh": "SERVER=server\n" },
  }),
  "finds-itself-in-bash": bash(
    'set -e\nsource "${BASH_SOURCE%/*}/../lib/common.sh"\ncd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1\nexec "./$SERVER"\n',
    {
      others: { "srv/lib/common.sh": "SERVER=server\n" },
    },
  ),
  "path-is-extended-first": starts('set -e\nexport PATH="/opt/tools:$PATH"\nexec serve\n', { others: { "opt/tools/serve": idle } }),
  "path-is-extended-for-one-command": starts("PATH=/opt/tools:$PATH exec serve\n", { others: { "opt/tools/serve": idle } }),
  "function-in-place-of-a-program": starts("hash serve 2>/dev/null || serve() { exec sleep 3600; }\nserve\n"),
  "function-that-hides-a-program": bash('set -e\nsleep() { command sleep "$1"; }\nnode() { exec "$@"; }\nnode /srv/server\n'),
  "alias-in-place-of-a-program": bash("shopt -s expand_aliases\nalias serve='sleep 3600'\nserve\n"),
  "text-that-is-evaluated": starts('set -e\ncommand="exec sleep"\neval "$command 3600"\n'),
  "command-of-the-task-in-one-word": starts('exec sh -c "$1"\n', { task: { command: ["cd /srv; exec ./server"] } }),
  "command-is-put-together": bash('set -e\ncommand=(nice -n 1)\ncommand+=("$@")\nexec "${command[@]}"\n'),
  "options-are-read": bash(
    'set -e\nwhile getopts "p:v" option; do\n  case $option in\n    p) port=$OPTARG ;;\n    v) set -x ;;\n    *) exit 2 ;;\n  esac\ndone\nshift $((OPTIND - 1))\nexec "$@"\n',
    {
      task: { command: ["-p", "80", "/srv/server"] },
    },
  ),
  "waits-until-it-made-a-file": starts("until [ -f /tmp/ready ]; do\n  touch /tmp/ready\ndone\n" + run),
  "tries-three-times": starts("for n in 1 2 3; do\n  missing-tool --check && break\n  sleep 0.1\ndone\n" + run),
  "timeout-of-what-is-missing": starts('timeout 5 missing-tool || echo "went on"\n' + run),
  "background-job-that-dies-and-a-server": starts("set -e\nmissing-agent &\n" + run),
  "coprocess-and-descriptors": bash("coproc cat\nexec 3>&1 4</dev/null\n" + run),
  "trap-at-the-end": bash("set -e\ntrap 'echo ended' EXIT\ntrap 'exit 143' TERM\nsleep 3600 &\nwait $!\n"),
  "trap-of-errors": bash("set -eE\ntrap 'echo failed >&2; exit 1' ERR\nif missing-tool 2>/dev/null; then :; fi\n" + run),
  "configuration-folder-of-a-volume": starts(
    'set -e\nif [ -z "$(ls -A /data)" ]; then cp -R /srv/defaults/. /data/; fi\n. /data/settings\n' + run,
    {
      others: { "srv/defaults/settings": "A=1\n", data: folder() },
      Volumes: { "/data": {} },
    },
  ),
  "numbers-are-compared": bash("set -e\n(( ${WORKERS:-2} > 1 )) && echo many\n[[ $(nproc) -ge 1 ]] || exit 1\nlet count=5\n" + run),
  "pattern-that-finds-nothing": starts('set -e\nfor f in /srv/hooks/*.sh; do\n  [ -e "$f" ] || continue\n  "$f"\ndone\n' + run),
  "last-of-a-chain-decides": starts("set -e\ntest -f /missing && missing-tool || echo without\n" + run),
  "shell-says-where-it-is": starts('set -e\ncd "${APP_DIR:-/srv}"\n[ "$PWD" = /srv ] || exit 1\nexec ./server\n'),
});
