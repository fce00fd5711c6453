import type { Recipe } from "../corpusImage";
import { program, script, tree, type Content, type Layer } from "../layer";
import { debian, npm } from "../parts";

export const staticProgram = (mode = 0o755, uid = 0, gid = uid): Content => ({
  part: debian("busybox-static"),
  path: "bin/busybox",
  mode,
  uid,
  gid,
});
export const busybox = staticProgram();
/** A program that needs its C library alone. */
export const dynamic = program(debian("coreutils"), "bin/true");
export const esbuild = (platform: string, path = "bin/esbuild") => program(npm(`@esbuild/${platform}@0.28.2`), path);
export const app = ["/app"];
export const calm: Pick<Recipe, "Cmd"> = { Cmd: ["/bin/busybox", "true"] };
export const onBusybox = { files: { "bin/busybox": busybox } };
export const onDebian = (files: Layer | Layer[], Cmd: string[] = app): Recipe => ({ base: "debian", files, Cmd });
/** busybox runs the applet that it is called by. */
export const applet = (path = "true"): Layer => ({ [path]: busybox });
export const tini = program(debian("tini"), "usr/bin/tini-static");
/** Dart's compiler for musl, linked against it dynamically. */
export const dart: Content = program(npm("sass-embedded-linux-musl-x64@1.105.0"), "dart-sass/src/dart");
export const server = ["node", "-e", "require('http').createServer((_, answer) => answer.end('hello')).listen(8080)"];
export const onDebianInPath = (PATH: string, Cmd: string[]): Recipe => ({
  base: "debian",
  files: { "srv/bin/server": script("#!/bin/sh\n") },
  WorkingDir: "/srv",
  Env: { PATH },
  Cmd,
});
/** An image on a base. */
export const on = (base: Recipe["base"], files: Recipe["files"], Cmd?: string[], more: Recipe = {}): Recipe => ({
  base,
  files,
  ...(Cmd && { Cmd }),
  ...more,
});
/** Folders of packages in one, as they are installed. */
export const together = (at: string, from: string, ...packages: string[]): Layer =>
  Object.fromEntries(packages.map((name, index) => [`${at}${"/.".repeat(index)}`, tree(debian(name), from)]));
