import { imagesOf, type Recipe } from "../corpusImage";
import { program, script } from "../layer";
import { debian } from "../parts";

const loop = "exec sleep 3600\n";
const serving = { serves: true } as const;

const dumbInit = program(debian("dumb-init"), "usr/bin/dumb-init");
const tini = program(debian("tini"), "usr/bin/tini-static");
const gosu = program(debian("gosu"), "usr/sbin/gosu");
const wrapped = (Cmd: string[], more: Recipe = {}): Recipe => ({
  base: "debian",
  files: { "usr/bin/tini": tini, "usr/bin/dumb-init": dumbInit, "usr/bin/gosu": gosu, "start.sh": script(loop) },
  Cmd,
  ...more,
});

export const wrappers = imagesOf("wrapper", {
  "tini-with-options": wrapped(["tini", "-s", "-g", "--", "server"]),
  "tini-without-dashes": wrapped(["tini", "server"]),
  "dumb-init-missing-program": wrapped(["dumb-init", "--", "server"]),
  "dumb-init-not-installed": { base: "debian", Entrypoint: ["dumb-init", "--"], Cmd: ["sleep", "3600"] },
  "gosu-missing-program": wrapped(["gosu", "www-data", "server"]),
  "gosu-unknown-user": wrapped(["gosu", "app", "sleep", "3600"]),
  "env-missing-program": wrapped(["env", "PORT=80", "server"]),
  "nice-missing-program": wrapped(["nice", "-n", "5", "server"]),
  "timeout-missing-program": wrapped(["timeout", "60", "server"]),
  "setpriv-missing-program": wrapped(["setpriv", "--reuid=33", "--clear-groups", "server"]),
  "nohup-missing-program": wrapped(["nohup", "server"]),
  "tini-then-node-missing-file": {
    base: "node",
    files: { "usr/bin/tini": tini },
    Entrypoint: ["tini", "--"],
    Cmd: ["node", "dist/main.js"],
  },
  "init-of-the-task-and-missing-program": { base: "debian", Cmd: ["server"], task: { initProcessEnabled: true } },

  "tini-runs": wrapped(["tini", "-g", "--", "sleep", "3600"], serving),
  "tini-runs-a-text": wrapped(["tini", "--", "/start.sh"], serving),
  "dumb-init-runs-a-text": wrapped(["dumb-init", "/start.sh"], serving),
  "gosu-runs": wrapped(["gosu", "www-data:www-data", "sleep", "3600"], serving),
  "env-runs": wrapped(["env", "-u", "HOME", "PORT=80", "sleep", "3600"], serving),
  "env-sets-the-path": {
    ...wrapped(["env", "PATH=/opt/bin:/usr/bin", "serve"], serving),
    files: { "opt/bin/serve": script(`#!/bin/sh\n${loop}`) },
  },
  "nice-runs": wrapped(["nice", "-n", "5", "sleep", "3600"], serving),
  "timeout-runs": wrapped(["timeout", "-s", "KILL", "3600", "sleep", "3600"], serving),
  "stdbuf-runs": wrapped(["stdbuf", "-oL", "sleep", "3600"], serving),
  "setpriv-runs": wrapped(["setpriv", "--reuid=33", "--clear-groups", "sleep", "3600"], serving),
  "init-of-the-task": { base: "debian", Cmd: ["sleep", "3600"], task: { initProcessEnabled: true }, ...serving },
});
