import { imagesOf, shellForm } from "../corpusImage";
import { script } from "../layer";
import { busybox } from "./common";

const loop = "exec sleep 3600\n";
const serving = { serves: true } as const;

export const shellCommands = imagesOf("shell command", {
  "cd-then-what-is-missing": { base: "debian", Cmd: shellForm("cd /srv && ./run") },
  "cd-into-what-is-missing": { base: "debian", Cmd: shellForm("cd /app && sleep 3600") },
  "true-then-what-is-missing": { base: "debian", Cmd: shellForm("true && gunicorn app:app") },
  "exec-form-with-single-quotes": {
    base: "node",
    files: { "app/x.js": "setInterval(() => {}, 1000)\n" },
    WorkingDir: "/app",
    Entrypoint: [],
    Cmd: shellForm("[ 'node', 'x.js' ]"),
  },
  "shell-with-pipefail": { base: "debian", Cmd: ["/bin/bash", "-o", "pipefail", "-c", "server | tee /dev/stderr"] },
  "sh-with-options": { base: "debian", Cmd: ["sh", "-e", "-c", "server"] },
  "bash-of-the-task-on-alpine": { base: "alpine", task: { command: ["bash", "-c", "sleep 3600"] } },
  "redirection-into-what-is-missing": { base: "debian", Cmd: shellForm("exec sleep 3600 > /var/log/app/out.log") },

  "cd-then-run": { base: "debian", files: { "srv/run": script(`#!/bin/sh\n${loop}`) }, Cmd: shellForm("cd /srv && ./run"), ...serving },
  "path-with-a-variable": {
    base: "debian",
    files: { "opt/app-1.2/bin/start": script(`#!/bin/sh\n${loop}`) },
    Env: { VERSION: "1.2" },
    Cmd: shellForm("/opt/app-${VERSION}/bin/start"),
    ...serving,
  },
  "either-or": { base: "debian", Cmd: shellForm("server || sleep 3600"), ...serving },
  "one-after-the-other": { base: "debian", Cmd: shellForm("missing-tool; sleep 3600"), ...serving },
  "in-the-background-and-wait": { base: "debian", Cmd: shellForm("missing-tool & sleep 3600"), ...serving },
  "redirected-first": { base: "debian", Cmd: shellForm("2>&1 exec sleep 3600"), ...serving },
  "home-of-the-user": {
    base: "debian",
    files: { "root/bin/start": script(`#!/bin/sh\n${loop}`) },
    Cmd: shellForm("~/bin/start"),
    ...serving,
  },
  "declares-in-bash": {
    base: "debian",
    Cmd: ["bash", "-c", "declare -r TIME=3600; shopt -s nullglob; pushd / >/dev/null; exec sleep $TIME"],
    ...serving,
  },
  "login-shell-sets-the-path": {
    base: "debian",
    files: {
      "etc/profile.d/tools.sh": "export PATH=/opt/tools/bin:$PATH\n",
      "etc/profile": "for i in /etc/profile.d/*.sh; do . $i; done\n",
      "opt/tools/bin/serve": script(`#!/bin/sh\n${loop}`),
    },
    Cmd: ["bash", "-l", "-c", "serve"],
    ...serving,
  },
  "bash-env-sets-the-path": {
    base: "debian",
    files: { "root/.env.sh": "PATH=/opt/tools/bin:$PATH\n", "opt/tools/bin/serve": script(`#!/bin/sh\n${loop}`) },
    Env: { BASH_ENV: "/root/.env.sh" },
    Cmd: ["bash", "-c", "serve"],
    ...serving,
  },
  "applets-without-links": { files: { "bin/sh": busybox, "bin/busybox": busybox }, Cmd: shellForm("sleep 3600"), ...serving },
  "braces-and-patterns": {
    base: "debian",
    files: { "opt/a/run-1": script(`#!/bin/sh\n${loop}`) },
    Cmd: ["bash", "-c", "/opt/{a,b}/run-1"],
    ...serving,
  },
  "continued-lines": { base: "debian", Cmd: shellForm("exec \\\n  sleep \\\n  3600"), ...serving },
  "substituted-command": { base: "debian", Cmd: shellForm("exec $(command -v sleep) 3600"), ...serving },
});
