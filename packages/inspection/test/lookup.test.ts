import type { ContainerSettings } from "../src/container/containerSettings";
import { findingsOf, verdictsOf } from "../testing/findings";
import { elf, file, folder, link, type Entry } from "../testing/testImage";

const sh = file("bin/sh", elf());
const env = file("usr/bin/env", elf());
/** As Debian, Ubuntu and Fedora have it. */
const merged = [folder("usr/bin"), folder("usr/sbin"), link("bin", "usr/bin"), link("sbin", "usr/sbin"), file("usr/bin/sh", elf())];
const scripts = (count: number) =>
  Array.from({ length: count }, (_, step) => file(`s${step + 1}`, `#!${step === 0 ? "/bin/sh" : `/s${step}`}\n`));
const path = (folders: string) => [`PATH=${folders}`];
/** An interpreter whose line has this many bytes. */
const long = (bytes: number) => `/${"p".repeat(100)}/${"q".repeat(bytes - 104)}`;

type Case = [string, Entry[], Record<string, unknown>, ContainerSettings?];
const dies: [...Case, string?][] = [
  ["a folder of PATH relative to WORKDIR before the right one", [file("bin/app", elf())], { Cmd: ["app"], Env: path("bin:/bin") }],
  ["an empty folder of PATH before the right one", [file("bin/app", elf())], { Cmd: ["app"], Env: path(":/bin"), WorkingDir: "/bin" }],
  ["the task's PATH", [file("opt/app", elf())], { Cmd: ["app"], Env: path("/opt") }, { environment: { PATH: "/bin" } }],
  ["a PATH that is empty", [file("app", elf())], { Cmd: ["app"], Env: path("") }],
  ["the last PATH of two", [file("opt/app", elf())], { Cmd: ["app"], Env: [...path("/opt"), ...path("/bin")] }],
  ["a way through a folder that is missing", [file("bin/app", elf())], { Cmd: ["/gone/../bin/app"] }],
  ["the folder above a link's, and not above its target's", [link("a", "/x/y"), folder("x/y"), file("app", elf())], { Cmd: ["/a/../app"] }],
  ["a slash behind a program", [file("app", elf())], { Cmd: ["/app/"] }],
  ["a dot behind a program", [file("app", elf())], { Cmd: ["/app/."] }],
  ["an empty word", [sh], { Cmd: ["", "x"] }],
  ["six scripts that interpret each other", [sh, ...scripts(6)], { Cmd: ["/s6"] }],
  ["only #!", [file("app", "#!\n"), sh], { Cmd: ["/app"] }],
  ["an interpreter relative to another WORKDIR", [file("app", "#!bin/sh\n"), sh], { Cmd: ["/app"], WorkingDir: "/srv" }],
  ["an interpreter relative to the task's folder", [file("app", "#!bin/sh\n"), sh], { Cmd: ["/app"] }, { workingDirectory: "/srv" }],
  ["an interpreter that ends beyond 256 bytes", [file("app", `#!${long(256)}\n`), file(long(256).slice(1), elf())], { Cmd: ["/app"] }],
  [
    "env -S of BusyBox",
    [file("bin/busybox", elf()), link("usr/bin/env", "/bin/busybox"), sh, file("app", "#!/usr/bin/env -S sh -e\n")],
    { Cmd: ["/app"] },
  ],
  ["env -S with a program that is not there", [env, sh, file("app", "#!/usr/bin/env -S -u HOME A='b c' node --x\n")], { Cmd: ["/app"] }],
  ["env -S with quotes about a program that is not there", [env, sh, file("app", '#!/usr/bin/env -S "deno" run\n')], { Cmd: ["/app"] }],
  [
    "a folder before an absolute link",
    [folder("opt", 0o700), link("opt/app", "/srv/app"), file("srv/app", elf())],
    { Cmd: ["/opt/app"], User: "1000" },
  ],
  ["a missing file in a folder that is closed", [folder("opt", 0o700)], { Cmd: ["/opt/app"], User: "1000" }],
];

test.each(dies.map(([title, entries, config, run]) => ({ title, entries, config, run })))(
  "$title is stopped",
  async ({ entries, config, run }) => {
    expect(await verdictsOf([entries], config, run)).toEqual([expect.stringMatching(/^dies FL21(04|05|08|10|48)$/)]);
  },
);

const runs: Case[] = [
  ["a relative folder of PATH behind the right one", [file("bin/app", elf())], { Cmd: ["app"], Env: path("/bin:bin:") }],
  ["a relative folder of PATH that has no such program", [file("bin/app", elf())], { Cmd: ["app"], Env: path("node_modules/.bin:/bin") }],
  [
    "a relative folder of PATH, with an init",
    [file("bin/tini", elf()), file("bin/app", elf())],
    { Entrypoint: ["/bin/tini", "--"], Cmd: ["app"], Env: path("bin") },
  ],
  [
    "PATH through a folder that is missing, which runc makes out without looking",
    [file("bin/app", elf())],
    { Cmd: ["app"], Env: path("/gone/../bin") },
  ],
  ["the last PATH of two", [file("opt/app", elf())], { Cmd: ["app"], Env: [...path("/bin"), ...path("/opt")] }],
  ["a folder of the program's name before it", [folder("opt/app"), file("bin/app", elf())], { Cmd: ["app"], Env: path("/opt:/bin") }],
  [
    "a closed folder before it",
    [folder("root", 0o700), file("root/app", elf()), file("bin/app", elf())],
    { Cmd: ["app"], Env: path("/root:/bin"), User: "1000" },
  ],
  ["a link to nothing before it", [link("opt/app", "gone"), file("bin/app", elf())], { Cmd: ["app"], Env: path("/opt:/bin") }],
  ["a link's own folder", [link("a", "/x/y"), folder("x/y"), file("x/app", elf())], { Cmd: ["/a/../app"] }],
  ["five scripts that interpret each other", [sh, ...scripts(5)], { Cmd: ["/s5"] }],
  ["an interpreter relative to WORKDIR", [file("app", "#!bin/sh\n"), sh], { Cmd: ["/app"] }],
  ["an interpreter of 255 bytes", [file("app", `#!${long(255)}\n`), file(long(255).slice(1), elf())], { Cmd: ["/app"] }],
  ["an option that is cut off at 256 bytes", [file("app", `#!/bin/sh -${"e".repeat(400)}\n`), sh], { Cmd: ["/app"] }],
  ["a zero byte behind the interpreter", [file("app", "#!/bin/sh\0x\n"), sh], { Cmd: ["/app"] }],
  ["a first line that the file ends with", [file("app", "#!/bin/sh"), sh], { Cmd: ["/app"] }],
  [
    "env -S with all that it has",
    [env, sh, file("app", "#!/usr/bin/env -S -i -u HOME -C /srv A='b c' PATH=/bin sh -e # x\n")],
    { Cmd: ["/app"] },
  ],
  ["env with options of its own", [env, sh, file("app", "#!/usr/bin/env --split-string=-i sh\n")], { Cmd: ["/app"] }],
  [
    "env of BusyBox without -S",
    [file("bin/busybox", elf()), link("usr/bin/env", "/bin/busybox"), sh, file("app", "#!/usr/bin/env sh\n")],
    { Cmd: ["/app"] },
  ],
  ["a program with blanks in its name", [file("my app", elf())], { Cmd: ["/my app"] }],
];

test.each(runs.map(([title, entries, config, run]) => ({ title, entries, config, run })))(
  "$title is not stopped",
  async ({ entries, config, run }) => {
    expect(await verdictsOf([entries], config, run)).toEqual([]);
  },
);

test("a carriage return behind an option is told, and stops where it is known to end the interpreter", async () => {
  const entries = (line: string) => [[file("app", `#!/bin/${line}\r\n`), sh, file("bin/perl", elf())]];
  expect(await verdictsOf(entries("sh -e"), { Cmd: ["/app"] })).toEqual(["dies FL2109"]);
  expect(await verdictsOf(entries("perl -w"), { Cmd: ["/app"] })).toEqual(["may FL2109"]);
});

test.each([
  ["in PATH", "nginx", /^"nginx" is in no folder of PATH/],
  ["by its path", "/sbin/nginx", /^there is no \/sbin\/nginx in the image/],
  ["by a text of several words", "nginx -g off", /^"nginx -g off" is one word/],
])("a program that is missing %s is told as missing, not as what /sbin links to", async (_title, program, problem) => {
  expect(await findingsOf([merged], { Cmd: [program] })).toMatchObject([{ code: "FL2104", problem: expect.stringMatching(problem) }]);
});

test("several words in one are told with what to write", async () => {
  expect(await findingsOf([[file("bin/node", elf())]], { Cmd: ["node x.js"] })).toMatchObject([
    { code: "FL2104", fix: expect.stringContaining('["node","x.js"]') },
  ]);
  expect(await findingsOf([[file("app/run", elf())]], { Cmd: ["/app/run --port 1"] })).toMatchObject([
    { code: "FL2104", fix: expect.stringContaining('["/app/run","--port","1"]') },
  ]);
});

test("a link to nothing is told as such, on the way as well", async () => {
  expect(await findingsOf([[link("app", "/opt/app")]], { Cmd: ["/app"] })).toMatchObject([
    { code: "FL2113", problem: "/app links to /opt/app, and there is no /opt" },
  ]);
  expect(await findingsOf([[link("opt/current", "releases/5")]], { Cmd: ["/opt/current/bin/app"] })).toMatchObject([
    { code: "FL2104", problem: "/opt/current links to releases/5, and there is no /opt/releases" },
  ]);
});

test("a WORKDIR that is missing is made, one that is no folder stops", async () => {
  const app = [[file("app", elf()), link("current", "/srv"), folder("srv"), link("gone", "/nowhere")]];
  const verdicts = (WorkingDir: string) => verdictsOf(app, { Cmd: ["/app"], WorkingDir });
  expect(await verdicts("/var/new/folder")).toEqual([]);
  expect(await verdicts("/current/new")).toEqual([]);
  expect(await verdicts("/app")).toEqual(["dies FL2149"]);
  expect(await verdicts("/app/below")).toEqual(["dies FL2149"]);
  expect(await verdicts("srv")).toEqual(["dies FL2149"]);
  expect(await verdicts("/gone")).toEqual(["may FL2149"]);
});
