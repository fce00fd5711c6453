import { imagesOf, shellForm } from "../corpusImage";
import { link, program, removed, script, type Layer } from "../layer";
import { debian } from "../parts";
import { busybox, dynamic, calm, onBusybox, onDebian, applet, tini, server } from "./common";

export const surroundings = [
  ...imagesOf("user", {
    "unknown-user": { base: "node", User: "app", Cmd: ["node"] },
    "unknown-group": { base: "node", User: "node:app", Cmd: ["node"] },
    "user-without-passwd": { ...onBusybox, User: "app", ...calm },
    "unknown-user-of-the-task": { base: "node", Cmd: ["node"], task: { user: "app" } },
    "user-with-three-parts": { base: "node", Cmd: ["node"], User: "node:node:more" },
    "user-out-of-range": { base: "debian", Cmd: ["true"], User: "4294967296" },
    "number-without-passwd": { ...onBusybox, User: "65532:65532", ...calm },
    "named-user": { base: "node", User: "node:node", Cmd: ["node"] },
    "empty-user-and-empty-last-line-of-passwd": {
      base: "debian",
      files: { "etc/passwd": "root:x:0:0:root:/root:/bin/bash\n\n", "root/start": script("#!/bin/sh\necho hello\n", 0o700) },
      WorkingDir: "/root",
      Cmd: ["./start"],
    },
    "passwd-behind-a-link": {
      base: "debian",
      files: { "nix/passwd": "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n", "etc/passwd": link("/nix/passwd") },
      User: "app",
      Cmd: ["true"],
    },
  }),
  ...imagesOf("links and layers", {
    "link-broken": onDebian({ app: link("/opt/server") }),
    "links-in-a-ring": onDebian({ app: link("/b"), b: link("/app") }),
    "link-to-what-was-removed": onDebian([{ "opt/server": busybox, app: link("/opt/server") }, { "opt/server": removed }]),
    "removed-by-a-later-layer": onDebian([{ app: busybox }, { app: removed }]),
    "folder-removed-by-a-later-layer": onDebian([{ "srv/app": busybox }, { srv: removed }], ["/srv/app"]),
    "folder-replaced": onDebian([{ "srv/app": busybox }, { srv: removed }, { "srv/other": "x" }], ["/srv/app"]),
    "folder-hides-a-link": onDebian([{ "bin/server": script("#!/bin/sh\n") }], ["ls"]),
    "linked-entry-point": onDebian(
      { "usr/local/lib/true": busybox, "usr/local/bin/server": link("../../local/lib/true"), true: link("/usr/local/bin/server") },
      ["/true"],
    ),
    "linked-folder": onDebian({ "srv/v2/true": busybox, "srv/current": link("v2") }, ["/srv/current/true"]),
    "link-above-the-root": onDebian({ true: dynamic, "usr/bin/up": link("../../../../true") }, ["/usr/bin/up"]),
    "hard-link": onDebian({ "srv/true": busybox, true: { hardLink: "srv/true" } }, ["/true"]),
    "back-again": onDebian([applet(), { true: removed }, applet()], ["/true"]),
    "folder-replaced-by-one-with-the-program": onDebian(
      [{ "srv/true": script("") }, { srv: removed }, { "srv/true": busybox }],
      ["/srv/true"],
    ),
    "file-became-folder": onDebian([{ app: "x" }, { app: removed }, { "app/true": busybox }], ["/app/true"]),
    "forty-layers": {
      files: [{ "bin/busybox": busybox }, ...Array.from({ length: 40 }, (_, number): Layer => ({ [`n/${number}`]: "x" }))],
      ...calm,
    },
  }),
  ...imagesOf("health check", {
    "health-check-without-curl": {
      base: "node",
      Cmd: server,
      task: { healthCheck: ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"] },
    },
    "health-check-program-missing": { base: "node", Cmd: server, task: { healthCheck: ["CMD", "/healthcheck"] } },
    "health-check-without-shell": {
      base: "distroless",
      files: { sleep: program(debian("coreutils"), "bin/sleep") },
      Cmd: ["/sleep", "60"],
      task: { healthCheck: ["CMD-SHELL", "exit 0"] },
    },
    "health-check-of-node": {
      base: "node",
      Cmd: server,
      task: { healthCheck: ["CMD", "node", "-e", "fetch('http://127.0.0.1:8080').then(({ ok }) => process.exit(ok ? 0 : 1))"] },
    },
    "health-check-of-wget": {
      base: "alpine",
      Cmd: ["httpd", "-f", "-p", "8080"],
      files: { "index.html": "hello" },
      task: { healthCheck: ["CMD-SHELL", "curl -fs http://localhost:8080/ || wget -q -O - http://localhost:8080/index.html || exit 1"] },
    },
    "health-check-of-the-image-without-curl": {
      base: "node",
      Cmd: server,
      Healthcheck: { Test: ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"] },
    },
    "health-check-none": { base: "node", Cmd: server, task: { healthCheck: ["NONE"] } },
  }),
  ...imagesOf("shell command", {
    "shell-without-the-program": { base: "node", Entrypoint: [], Cmd: shellForm("npx-missing run start") },
    "shell-exec-without-the-program": { base: "node", Cmd: shellForm("exec server --port $PORT") },
    "shell-of-links": { base: "alpine", Cmd: shellForm("echo hello && exec sleep 60") },
    "variables-in-the-command": { base: "alpine", Cmd: shellForm('${SERVER:-sleep} 1; if [ -n "$X" ]; then "$X"; fi') },
  }),
  ...imagesOf("wrapper", {
    "init-without-the-program": { base: "node", files: { "sbin/tini": tini }, Entrypoint: ["/sbin/tini", "--"], Cmd: ["server"] },
    "init-with-the-program": {
      base: "node",
      files: { "usr/sbin/tini": tini },
      Entrypoint: ["/sbin/tini", "--"],
      Cmd: ["node", "--version"],
    },
  }),
];
