import { imagesOf, type Recipe } from "../corpusImage";
import { folder, link, removed, script } from "../layer";

const loop = script("#!/bin/sh\nexec sleep 3600\n");
const serving = { serves: true } as const;
const passwd = (more: string) => `root:x:0:0:root:/root:/bin/sh\n${more}`;
/** A program that goes on, at a path. */
const at = (path: string, more: Recipe = {}): Recipe => ({ base: "debian", files: { [path]: loop }, ...more });
const scripts = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, step) => [`s${step + 1}`, script(`#!${step === 0 ? "/bin/true" : `/s${step}`}\n`)]));

/** How runc and Linux find and start a program, at their edges. */
export const startRules = [
  ...imagesOf("program missing", {
    "path-relative-first": at("usr/bin/app", { Env: { PATH: "bin:/usr/bin" }, WorkingDir: "/usr", Cmd: ["app"] }),
    "path-empty-folder-first": at("usr/bin/app", { Env: { PATH: ":/usr/bin" }, WorkingDir: "/usr/bin", Cmd: ["app"] }),
    "path-relative-behind": at("usr/bin/app", { Env: { PATH: "/usr/bin:bin" }, WorkingDir: "/usr", Cmd: ["app"], ...serving }),
    "path-relative-without-it": at("usr/bin/app", { Env: { PATH: "node_modules/.bin:/usr/bin" }, Cmd: ["app"], ...serving }),
    "path-relative-with-init": at("usr/bin/app", {
      Env: { PATH: "bin:/usr/bin" },
      WorkingDir: "/usr",
      Cmd: ["app"],
      task: { initProcessEnabled: true },
      ...serving,
    }),
    "way-through-a-missing-folder": at("srv/app", { Cmd: ["/gone/../srv/app"] }),
    "slash-behind-the-program": at("srv/app", { Cmd: ["/srv/app/"] }),
    "folder-above-a-link": at("srv/app", {
      files: { "srv/app": loop, a: link("srv/x/y"), "srv/x/y": folder() },
      Cmd: ["/a/../../app"],
      ...serving,
    }),
    "several-words-in-one": { base: "debian", Cmd: ["sleep 3600"] },
  }),
  ...imagesOf("not executable", {
    "root-home-of-root": at("root/app", {
      files: { root: folder(0o700), "root/app": script("#!/bin/sh\nexec sleep 3600\n", 0o700) },
      WorkingDir: "/root",
      Cmd: ["./app"],
      ...serving,
    }),
    "root-home-of-a-user": at("root/app", { files: { root: folder(0o700), "root/app": loop }, User: "1000", Cmd: ["/root/app"] }),
    "below-a-closed-folder-from-within": at("opt/a/app", {
      files: { opt: folder(0o700), "opt/a": folder(), "opt/a/app": loop },
      User: "1000",
      WorkingDir: "/opt/a",
      Cmd: ["./app"],
      ...serving,
    }),
    "closed-folder-before-a-link": at("srv/app", {
      files: { "srv/app": loop, opt: folder(0o700), "opt/app": link("/srv/app") },
      User: "1000",
      Cmd: ["/opt/app"],
    }),
  }),
  ...imagesOf("user", {
    "user-list-removed": at("srv/app", {
      files: [{ "srv/app": loop, "etc/passwd": passwd("web:x:1000:1000::/:/bin/sh\n") }, { "etc/passwd": removed }],
      User: "web",
      Cmd: ["/srv/app"],
    }),
    "user-list-behind-links": at("srv/app", {
      files: {
        "srv/app": loop,
        "etc/passwd": link("/nix/store/abc-passwd"),
        "nix/store/abc-passwd": passwd("web:x:1000:1000::/:/bin/sh\n"),
      },
      User: "web",
      Cmd: ["/srv/app"],
      ...serving,
    }),
    "user-beyond-32-bits": at("srv/app", { User: "4294967296", Cmd: ["/srv/app"] }),
    "user-named-as-a-number": at("srv/app", {
      files: { "srv/app": script("#!/bin/sh\nexec sleep 3600\n", 0o755), "etc/passwd": passwd("1000:x:5:5::/:/bin/sh\n") },
      User: "1000",
      Cmd: ["/srv/app"],
      ...serving,
    }),
  }),
  ...imagesOf("interpreter", {
    "five-scripts-deep": { base: "debian", files: scripts(5), Cmd: ["/s5"] },
    "six-scripts-deep": { base: "debian", files: scripts(6), Cmd: ["/s6"] },
    "env-s-with-options": at("srv/app", {
      files: { "srv/app": script("#!/usr/bin/env -S -i A='b c' PATH=/usr/bin sh -c \"exec sleep 3600\" # x\n") },
      Cmd: ["/srv/app"],
      ...serving,
    }),
  }),
  ...imagesOf("links and layers", {
    "layer-below-a-lower-link": { base: "debian", files: { "bin/app": loop }, Cmd: ["/bin/sh", "-c", "sleep 3600"] },
    "layer-below-its-own-link": at("srv/v1/app", {
      files: { now: link("srv/v1"), "srv/v1": folder(), "now/app": loop },
      Cmd: ["/srv/v1/app"],
      ...serving,
    }),
  }),
];
