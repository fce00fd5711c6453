import { imagesOf, shellForm } from "../corpusImage";
import { link, script } from "../layer";
import { debian } from "../parts";
import { busybox, esbuild, app, calm, onDebian } from "./common";

export const texts = [
  ...imagesOf("interpreter", {
    "bash-on-alpine": { base: "alpine", files: { app: script("#!/bin/bash\necho hello\n") }, Cmd: app },
    "sh-missing": { files: { app: script("#!/bin/sh\necho hello\n") }, Cmd: app },
    "sh-on-distroless": { base: "distroless", files: { app: script("#!/bin/sh\necho hello\n") }, Cmd: app },
    "python-missing": onDebian({ app: script("#!/usr/bin/env python3\nprint('hello')\n") }),
    "node-at-another-place": { base: "node", files: { app: script("#!/usr/bin/node\nconsole.log('hello')\n") }, Entrypoint: [], Cmd: app },
    "env-missing": { files: { app: script("#!/usr/bin/env node\n") }, Cmd: app },
    "env-words": { base: "node", files: { app: script("#!/usr/bin/env node --no-warnings\nconsole.log('hello')\n") }, Cmd: app },
    "env-splits-on-busybox": { base: "alpine", files: { app: script("#!/usr/bin/env -S sh -e\necho hello\n") }, Cmd: app },
    "interpreter-link-broken": onDebian({ "opt/runtime/sh": link("/opt/gone"), app: script("#!/opt/runtime/sh\n") }),
    "script-of-sh": onDebian({ app: script("#!/bin/sh\necho hello\n") }),
    "script-of-bash": onDebian({ app: script("#!/bin/bash\necho hello\n") }),
    "script-of-ash": { base: "alpine", files: { app: script("#!/bin/ash\necho hello\n") }, Cmd: app },
    "script-of-env": { base: "node", files: { app: script("#!/usr/bin/env node\nconsole.log('hello')\n") }, Cmd: app },
    "script-of-env-that-splits": {
      base: "node",
      files: { app: script("#!/usr/bin/env -S node --no-warnings\nconsole.log('hello')\n") },
      Cmd: app,
    },
    "script-of-a-script": onDebian({ "scripts/sh.sh": script("#!/bin/sh\necho hello\n"), app: script("#!/scripts/sh.sh\n") }),
    "blanks-after-the-mark": onDebian({ app: script("#! /bin/sh -e\necho hello\n") }),
  }),
  ...imagesOf("line ends", {
    crlf: onDebian({ app: script("#!/bin/sh\r\necho hello\r\n") }),
    "crlf-env": { base: "node", files: { app: script("#!/usr/bin/env node\r\nconsole.log('hello')\r\n") }, Entrypoint: [], Cmd: app },
    bom: onDebian({ app: script("\ufeff#!/bin/sh\necho hello\n") }),
    "bom-crlf": onDebian({ app: script("\ufeff#!/bin/sh\r\necho hello\r\n") }),
    "windows-line-ends-in-data": {
      files: { "bin/busybox": busybox, "data/data.csv": "name,value\r\na,1\r\n", "data/other.sh": script("#!/bin/sh\r\n") },
      ...calm,
    },
    "crlf-in-javascript": {
      base: "node",
      files: { "app/main.js": "console.log('hello')\r\n" },
      WorkingDir: "/app",
      Cmd: ["node", "main.js"],
    },
  }),
  ...imagesOf("no program", {
    "no-shebang": onDebian({ app: script("echo hello\n") }),
    "no-shebang-in-a-shell": onDebian({ app: script("echo hello\n") }, shellForm("/app")),
    "only-shebang": onDebian({ app: script("#!\necho hello\n") }),
    empty: onDebian({ app: script("") }),
    "empty-in-a-shell": onDebian({ app: script("") }, shellForm("/app")),
    "cut-off": { files: { app: { part: debian("busybox-static"), path: "bin/busybox", length: 40, mode: 0o755 } }, Cmd: app },
    "windows-program": { files: { app: esbuild("win32-x64", "esbuild.exe") }, Cmd: app },
    "macos-program": { files: { app: esbuild("darwin-arm64") }, Cmd: app },
    "git-lfs-pointer": onDebian({ app: script(`version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 8\n`) }),
    "a-page-that-was-downloaded": onDebian({ "usr/local/bin/tini": script("<!DOCTYPE html>\n<html><title>Not Found</title></html>\n") }, [
      "tini",
      "--",
      "ls",
    ]),
    "a-page-that-a-shell-runs": onDebian(
      { "usr/local/bin/tini": script("<!DOCTYPE html>\n<html><title>Not Found</title></html>\n") },
      shellForm("tini -- ls"),
    ),
  }),
];
