import type { ContainerSettings } from "../src/container/containerSettings";
import { inspectImage } from "../src/inspectImage";
import { elf, file, folder, layoutOf, link, type Entry } from "../testing/testImage";

const loader = "/lib64/ld-linux-x86-64.so.2";
const sh = file("bin/sh", elf());
const app = file("app", elf());

const lfsPointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 8\n`;

async function findingsOf(layers: Entry[][], config: Record<string, unknown>, run?: ContainerSettings) {
  const report = await inspectImage(await layoutOf(layers, config), { platforms: ["linux/amd64"], run, cache: false });
  return report.platforms[0]!.findings;
}

const codesOf = async (...image: Parameters<typeof findingsOf>) => (await findingsOf(...image)).map(({ code }) => code);

const bad: [string, string, Entry[][], Record<string, unknown>, ContainerSettings?][] = [
  ["nothing to run", "FL2103", [[app]], {}],
  ["a program that is not there", "FL2104", [[app]], { Cmd: ["/server"] }],
  ["a program that is in no folder of PATH", "FL2104", [[app]], { Cmd: ["app"], Env: ["PATH=/usr/bin:/bin"] }],
  ["a program that an upper layer removed", "FL2104", [[app], [file(".wh.app", "")]], { Cmd: ["/app"] }],
  ["a program below a file", "FL2104", [[app]], { Cmd: ["/app/server"] }],
  [
    "a program that an opaque folder hides",
    "FL2104",
    [[file("opt/app", elf())], [folder("opt"), file("opt/.wh..wh..opq", "")]],
    { Cmd: ["/opt/app"] },
  ],
  [
    "a program in a folder that an upper layer made a file",
    "FL2104",
    [[file("opt/app", elf())], [file("opt", "x")]],
    { Cmd: ["/opt/app"] },
  ],
  ["no exec bit", "FL2105", [[file("app", elf(), 0o644)]], { Cmd: ["/app"] }],
  ["a folder", "FL2105", [[folder("app")]], { Cmd: ["/app"] }],
  ["root's alone, run as another", "FL2105", [[file("app", elf(), 0o744)]], { Cmd: ["/app"], User: "1000" }],
  ["a folder that the user may not enter", "FL2105", [[folder("srv", 0o700), file("srv/app", elf())]], { Cmd: ["/srv/app"], User: "1000" }],
  ["a script that the user may not read", "FL2105", [[sh, file("app", "#!/bin/sh\n", 0o711)]], { Cmd: ["/app"], User: "1000" }],
  ["another machine", "FL2106", [[file("app", elf({ machine: 183 }))]], { Cmd: ["/app"] }],
  ["32 bits of x86-64 (x32)", "FL2106", [[file("app", elf({ bits: 32 }))]], { Cmd: ["/app"] }],
  ["everybody's but its owner's, run as the owner", "FL2105", [[file("app", elf(), 0o655, 1000)]], { Cmd: ["/app"], User: "1000" }],
  [
    "what was in a folder that its own layer replaces",
    "FL2104",
    [[file("opt/app", elf())], [folder("opt"), file("opt/new", elf()), file(".wh.opt", "")]],
    { Cmd: ["/opt/app"] },
  ],
  [
    "a loader of another machine",
    "FL2106",
    [[file("app", elf({ interpreter: loader })), file(loader.slice(1), elf({ machine: 183, type: 3 }))]],
    { Cmd: ["/app"] },
  ],
  ["an interpreter of another machine", "FL2106", [[file("bin/sh", elf({ machine: 183 })), file("app", "#!/bin/sh\n")]], { Cmd: ["/app"] }],
  ["no loader", "FL2107", [[file("app", elf({ interpreter: loader }))]], { Cmd: ["/app"] }],
  [
    "no loader, its name far into the file",
    "FL2107",
    [[file("app", elf({ interpreter: loader, interpreterAt: 300_000 }))]],
    { Cmd: ["/app"] },
  ],
  [
    "a loader that can't be executed",
    "FL2107",
    [[file("app", elf({ interpreter: loader })), file(loader.slice(1), elf({ type: 3 }), 0o644)]],
    { Cmd: ["/app"] },
  ],
  ["no interpreter", "FL2108", [[file("app", "#!/bin/bash\n"), sh]], { Cmd: ["/app"] }],
  ["env without the program", "FL2108", [[file("app", "#!/usr/bin/env node\n"), file("usr/bin/env", elf())]], { Cmd: ["/app"] }],
  [
    "env with words that it does not split",
    "FL2108",
    [[file("app", "#!/usr/bin/env node --test\n"), file("usr/bin/env", elf()), file("usr/bin/node", elf())]],
    { Cmd: ["/app"] },
  ],
  ["a carriage return", "FL2109", [[file("app", "#!/bin/sh\r\necho\r\n"), sh]], { Cmd: ["/app"] }],
  [
    "a carriage return after env's argument",
    "FL2109",
    [[file("app", "#!/usr/bin/env sh\r\n"), file("usr/bin/env", elf()), sh]],
    { Cmd: ["/app"] },
  ],
  ["a byte order mark", "FL2109", [[file("app", "\ufeff#!/bin/sh\n"), sh]], { Cmd: ["/app"] }],
  ["a text", "FL2110", [[file("app", "echo hello\n"), sh]], { Cmd: ["/app"] }],
  ["nothing in it", "FL2110", [[file("app", "")]], { Cmd: ["/app"] }],
  ["a cut off ELF file", "FL2110", [[file("app", elf().subarray(0, 40))]], { Cmd: ["/app"] }],
  ["an object file", "FL2110", [[file("app", elf({ type: 1 }))]], { Cmd: ["/app"] }],
  ["a Windows program", "FL2110", [[file("app", "MZ\x90\x00")]], { Cmd: ["/app"] }],
  ["a Git LFS pointer", "FL2110", [[file("app", lfsPointer), sh]], { Cmd: ["/app"] }],
  ["a Git LFS pointer in a shell", "FL2110", [[file("app", lfsPointer), sh]], { Cmd: ["/bin/sh", "-c", "/app"] }],
  ["an unknown user", "FL2111", [[app, file("etc/passwd", "root:x:0:0::/:/bin/sh\n", 0o644)]], { Cmd: ["/app"], User: "node" }],
  ["an unknown group", "FL2111", [[app]], { Cmd: ["/app"], User: "0:www" }],
  ["the task's unknown user", "FL2111", [[app]], { Cmd: ["/app"] }, { user: "node" }],
  ["a HEALTHCHECK without its program", "FL2112", [[app]], { Cmd: ["/app"], Healthcheck: { Test: ["CMD", "curl", "-f"] } }],
  ["a HEALTHCHECK of a shell that is not there", "FL2112", [[app]], { Cmd: ["/app"], Healthcheck: { Test: ["CMD-SHELL", "exit 0"] } }],
  [
    "the task's health check without curl",
    "FL2112",
    [[app, sh]],
    { Cmd: ["/app"] },
    { healthCheck: ["CMD-SHELL", "curl -f http://localhost:$PORT/ || exit 1"] },
  ],
  ["a link that leads nowhere", "FL2113", [[link("app", "/opt/app")]], { Cmd: ["/app"] }],
  ["links that lead round", "FL2113", [[link("app", "b"), link("b", "app")]], { Cmd: ["/app"] }],
  ["a shell without the program", "FL2104", [[sh]], { Cmd: ["/bin/sh", "-c", "exec node server.js"] }],
  ["an init without the program", "FL2104", [[file("sbin/tini", elf())]], { Entrypoint: ["/sbin/tini", "--"], Cmd: ["node"] }],
];

test.each([
  ["a text", "echo hello\n", /without #! in its first line/, /#!\/bin\/sh/],
  ["a Git LFS pointer", lfsPointer, /pointer of a Git LFS file/, /git lfs pull/],
  ["a page", "<!DOCTYPE html>\n<html>", /an HTML page/, /curl --fail/],
  ["a Windows program", "MZ\x90\x00", /a Windows program/, /Linux program/],
  ["bytes", "\x01\x00\x02", /binary data/, /Linux program/],
] as const)("%s is told by what it is, with what to do", async (_title, content, problem, fix) => {
  expect(await findingsOf([[file("app", content), sh]], { Cmd: ["/app"] })).toMatchObject([
    { problem: expect.stringMatching(problem), fix: expect.stringMatching(fix) },
  ]);
});

test.each(bad.map(([title, code, ...image]) => ({ title, code, image })))("$title is stopped as $code", async ({ code, image }) => {
  expect(await codesOf(...image)).toEqual([code]);
});

test.each([["a program of 32 bits", { machine: 3, bits: 32 }]] as const)("%s may run, by the kernel's build", async (_title, header) => {
  const found = await findingsOf([[file("app", elf(header))]], { Cmd: ["/app"] });
  expect(found).toMatchObject([{ code: "FL2106", certainty: "may" }]);
});

const good: [string, Entry[][], Record<string, unknown>, ContainerSettings?][] = [
  ["a static program", [[app]], { Cmd: ["/app"] }],
  ["one relative to WORKDIR", [[file("srv/app", elf())]], { Cmd: ["./app"], WorkingDir: "/srv" }],
  [
    "one in PATH behind one that is not executable",
    [[file("bin/app", "x", 0o644), file("usr/bin/app", elf())]],
    { Cmd: ["app"], Env: ["PATH=/bin:/usr/bin"] },
  ],
  [
    "a dynamic program whose loader is behind a link",
    [
      [
        file("app", elf({ type: 3, interpreter: loader })),
        link("lib64", "usr/lib64"),
        file("usr/lib64/ld.so", elf({ type: 3 })),
        link("usr/lib64/ld-linux-x86-64.so.2", "ld.so"),
      ],
    ],
    { Cmd: ["/app"] },
  ],
  [
    "files that a layer puts behind a link of its own",
    [[folder("usr/bin"), link("bin", "usr/bin"), file("bin/app", elf())]],
    { Cmd: ["/usr/bin/app"] },
  ],
  [
    "a link to a folder below one of its own name",
    [[folder("bin/tools"), link("bin/bin", "tools"), file("bin/bin/app", elf())]],
    { Cmd: ["/bin/tools/app"] },
  ],
  ["a link above the root", [[file("app", elf()), link("bin/run", "../../../app")]], { Cmd: ["/bin/run"] }],
  ["a hard link", [[app, { name: "run", hardLink: "app" }]], { Cmd: ["/run"] }],
  [
    "a program that its own layer hides and has",
    [[file("opt/old", elf())], [file("opt/.wh..wh..opq", ""), file("opt/app", elf())]],
    { Cmd: ["/opt/app"] },
  ],
  [
    "a program in a folder that its own layer replaces",
    [[file("opt/app", elf())], [folder("opt"), file("opt/new", elf()), file(".wh.opt", "")]],
    { Cmd: ["/opt/new"] },
  ],
  ["a program that came back", [[app], [file(".wh.app", "")], [app]], { Cmd: ["/app"] }],
  ["env that splits", [[file("app", "#!/usr/bin/env -S A=1 sh -e\n"), file("usr/bin/env", elf()), sh]], { Cmd: ["/app"] }],
  ["a script with blanks after #!", [[file("app", "#! /bin/sh -e\n"), sh]], { Cmd: ["/app"] }],
  ["Windows line ends in data", [[app, file("data.csv", "a\r\nb\r\n")]], { Cmd: ["/app"] }],
  [
    "a user of the group",
    [[file("app", elf(), 0o750), file("etc/passwd", "node:x:1000:0::/:/bin/sh\n", 0o644)]],
    { Cmd: ["/app"], User: "node" },
  ],
  ["a number that no file lists", [[app]], { Cmd: ["/app"], User: "65532:65532" }],
  ["the task's command in place of the image's", [[app]], { Cmd: ["/missing"] }, { command: ["/app"] }],
  ["the task's entry point, which leaves the command out", [[app]], { Entrypoint: ["/missing"], Cmd: ["/too"] }, { entryPoint: ["/app"] }],
  [
    "curl or wget",
    [[app, sh, file("usr/bin/wget", elf())]],
    { Cmd: ["/app"] },
    { healthCheck: ["CMD-SHELL", "curl -f localhost || wget -q localhost || exit 1"] },
  ],
  ["what a shell alone can tell", [[sh]], { Cmd: ["/bin/sh", "-c", 'if [ -n "$A" ]; then $A; else "$0" x; fi'] }],
  ["a text that a shell reads", [[file("app", "echo hello\n"), sh]], { Cmd: ["/bin/sh", "-c", "/app"] }],
  ["no health check at all", [[app]], { Cmd: ["/app"], Healthcheck: { Test: ["NONE"] } }],
];

test.each(good.map(([title, ...image]) => ({ title, image })))("$title is not stopped", async ({ image }) => {
  expect(await codesOf(...image)).toEqual([]);
});
