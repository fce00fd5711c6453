import { toldAlone } from "../classes";
import { imagesOf, type Recipe } from "../corpusImage";
import { program, script, type Layer } from "../layer";
import { debian } from "../parts";

const loop = "exec sleep 3600\n";
const serving = { serves: true } as const;
/** An entry point script, and the command that it gets. */
const entry = (text: string, Cmd: string[] = [], more: Recipe & { others?: Layer } = {}): Recipe => {
  const { others = {}, ...recipe } = more;
  return { base: "debian", files: { "entrypoint.sh": script(text), ...others }, Entrypoint: ["/entrypoint.sh"], Cmd, ...recipe };
};
const alpine = { base: "alpine" } as const;

const scripts = imagesOf("entry point script", {
  "exec-of-what-is-missing": entry("#!/bin/sh\nset -e\nexec /app/server --port 8080\n"),
  "command-of-the-image-missing": entry('#!/bin/sh\nset -e\nexec "$@"\n', ["server"]),
  "command-of-the-task-missing": entry('#!/bin/sh\nset -e\nexec "$@"\n', ["sleep", "3600"], {
    task: { command: ["worker", "--queue", "mail"] },
  }),
  "node-behind-exec-missing": entry("#!/bin/sh\nset -e\necho migrating\nexec node dist/main.js\n"),
  "exec-as-another-without-gosu": entry('#!/bin/sh\nset -e\nif [ "$(id -u)" = 0 ]; then\n  exec gosu www-data "$0" "$@"\nfi\nexec "$@"\n', [
    "sleep",
    "3600",
  ]),
  "su-exec-on-debian": entry('#!/bin/sh\nset -e\nexec su-exec www-data "$@"\n', ["sleep", "3600"]),
  "double-brackets-under-dash": entry('#!/bin/sh\nset -e\nif [[ -n "$DEBUG" ]]; then set -x; fi\n[[ -d /etc ]]\nexec "$@"\n', [
    "sleep",
    "3600",
  ]),
  "array-under-dash": entry('#!/bin/sh\nargs=(--port 8080)\nexec sleep "${args[@]}"\n'),
  "source-under-dash": entry("#!/bin/sh\nset -e\nsource /etc/os-release\n" + loop),
  "pipefail-under-dash": entry(`#!/bin/sh\nset -euo pipefail\n${loop}`),
  "function-keyword-under-dash": entry(`#!/bin/sh\nfunction start {\n  exec sleep 3600\n}\nstart\n`),
  "crlf-through-sh": { base: "debian", files: { "start.sh": "set -e\r\ncd /tmp\r\nexec sleep 3600\r\n" }, Cmd: ["sh", "/start.sh"] },
  "crlf-through-bash": {
    base: "debian",
    files: { "start.sh": "set -e\r\nif [ -d /tmp ]; then\r\n  exec sleep 3600\r\nfi\r\n" },
    Cmd: ["bash", "/start.sh"],
  },
  "script-missing-through-sh": { base: "debian", Cmd: ["sh", "./start.sh"] },
  "script-unreadable-through-sh": {
    base: "debian",
    files: { "start.sh": { text: loop, mode: 0o600 } },
    User: "1000",
    Cmd: ["sh", "/start.sh"],
  },
  "script-copied-without-the-bit": {
    base: "debian",
    files: { "entrypoint.sh": script(`#!/bin/sh\n${loop}`, 0o644) },
    Entrypoint: ["/entrypoint.sh"],
  },
  "script-relative-and-workdir-elsewhere": {
    base: "debian",
    files: { "entrypoint.sh": script(`#!/bin/sh\n${loop}`) },
    WorkingDir: "/app",
    Entrypoint: ["./entrypoint.sh"],
  },
  "included-file-missing": entry(`#!/bin/sh\nset -e\n. /app/functions.sh\n${loop}`),
  "tool-missing-under-set-e": entry(`#!/bin/sh\nset -e\nenvsubst < /etc/os-release > /tmp/config\n${loop}`),
  "folder-missing-under-set-e": entry(`#!/bin/sh\nset -e\ncd /srv/app\n${loop}`),
  "bash-script-on-alpine": entry(`#!/usr/bin/env bash\n${loop}`, [], alpine),

  "runs-what-it-is-told": entry('#!/bin/sh\nset -e\nexec "$@"\n', ["sleep", "3600"], serving),
  "runs-the-command-of-the-task": entry('#!/bin/sh\nset -e\nexec "$@"\n', ["missing"], {
    task: { command: ["sleep", "3600"] },
    ...serving,
  }),
  "adds-its-program-before-options": entry(
    '#!/bin/sh\nset -e\nif [ "${1#-}" != "$1" ]; then\n  set -- sleep "$@"\nfi\nexec "$@"\n',
    ["--", "3600"].slice(1),
    {
      task: { command: ["sleep", "3600"] },
      ...serving,
    },
  ),
  "falls-back-to-another-program": entry(`#!/bin/sh\nif command -v server >/dev/null; then exec server; fi\n${loop}`, [], serving),
  "tries-and-goes-on": entry(
    `#!/bin/sh\nset -e\nenvsubst --version || true\nmissing-tool 2>/dev/null || echo without it\n${loop}`,
    [],
    serving,
  ),
  "goes-on-without-set-e": entry(`#!/bin/sh\nmissing-tool\ncd /missing\n${loop}`, [], serving),
  "bashisms-under-bash": entry(
    '#!/bin/bash\nset -euo pipefail\nargs=(3600)\nsource /etc/os-release\nif [[ -n "${args[0]}" ]]; then exec sleep "${args[@]}"; fi\n',
    [],
    serving,
  ),
  "bashisms-under-busybox": entry(`#!/bin/sh\nset -euo pipefail\nif [[ -d /etc ]]; then export READY=1; fi\n${loop}`, [], {
    ...alpine,
    ...serving,
  }),
  "functions-and-traps": entry(
    '#!/bin/sh\nset -e\nlog() { echo "$1"; }\nstart() { log starting; exec "$@"; }\ntrap "log stopping" TERM\nstart "$@"\n',
    ["sleep", "3600"],
    serving,
  ),
  "waits-for-its-children": entry("#!/bin/sh\nsleep 3600 &\nsleep 3600 &\nwait\n", [], serving),
  "makes-a-configuration-first": entry(
    '#!/bin/sh\nset -e\ncat > /tmp/app.conf <<EOF\nhost=${HOST:-localhost}\nexec=/missing/program\nEOF\nexec "$@"\n',
    ["sleep", "3600"],
    serving,
  ),
  "runs-every-script-of-a-folder": entry(
    '#!/bin/sh\nset -e\nfor f in /docker-entrypoint.d/*.sh; do\n  [ -x "$f" ] && "$f"\ndone || true\nexec "$@"\n',
    ["sleep", "3600"],
    serving,
  ),
  "chooses-by-its-argument": entry(
    '#!/bin/sh\nset -e\ncase "$1" in\n  web) exec sleep 3600 ;;\n  worker) exec celery worker ;;\n  *) exec "$@" ;;\nesac\n',
    ["web"],
    serving,
  ),
  "gives-root-up-with-gosu": entry(
    '#!/bin/sh\nset -e\nif [ "$(id -u)" = 0 ]; then\n  chown -R www-data /home\n  exec gosu www-data "$0" "$@"\nfi\nexec "$@"\n',
    ["sleep", "3600"],
    {
      others: { "usr/local/bin/gosu": program(debian("gosu"), "usr/sbin/gosu") },
      ...serving,
    },
  ),
  "gives-root-up-with-setpriv": entry(
    '#!/bin/sh\nset -e\nexec setpriv --reuid=33 --regid=33 --clear-groups "$@"\n',
    ["sleep", "3600"],
    serving,
  ),
  "text-through-sh": { base: "debian", files: { "start.sh": loop }, Cmd: ["sh", "/start.sh"], ...serving },
  "script-with-options-of-sh": { base: "debian", files: { "start.sh": loop }, Cmd: ["sh", "-ex", "/start.sh"], ...serving },
  "crlf-in-a-comment-alone": entry(`#!/bin/sh\n# a comment\r\n${loop}`, [], serving),
  "loop-that-restarts": entry("#!/bin/sh\nwhile true; do sleep 10 || missing-program; done\n", [], serving),
});

const told = imagesOf(toldAlone, {
  "forgets-its-command": entry("#!/bin/sh\nset -e\necho starting\n", ["sleep", "3600"], serving),
  "goes-to-the-background": entry("#!/bin/sh\nsleep 3600 &\necho started\n", [], serving),
  "unset-variable-under-set-u": entry(`#!/bin/sh\nset -eu\necho "$DATABASE_HOST"\n${loop}`),
});

export const entryPoints = [...scripts, ...told];
