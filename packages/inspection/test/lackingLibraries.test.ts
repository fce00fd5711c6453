import type { Certainty } from "../src/finding";
import { elf, file, folder } from "../testing/testImage";
import { alpine, debian, findingsOf, foo, library, needsFoo, onMusl, program, type Case } from "./elfImages";

const bad: (Case & { code: string; says: RegExp; certainty?: Certainty; fix?: RegExp })[] = [
  {
    title: "a library that is nowhere",
    code: "FL2135",
    says: /\/app needs libfoo\.so\.1, which is in none of the folders/,
    entries: [...debian, needsFoo],
  },
  {
    title: "a library of a library",
    code: "FL2135",
    says: /\/app needs \/usr\/lib\/libfoo\.so\.1, which needs libbar\.so\.2/,
    entries: [...debian, needsFoo, foo("usr/lib", { needed: ["libbar.so.2"] })],
  },
  {
    title: "a library that a package has",
    code: "FL2135",
    says: /libssl\.so\.3.*lacks another as well: libcrypto\.so\.3/,
    fix: /apt-get install .* libssl3/,
    entries: [...debian, program({ needed: ["libssl.so.3", "libcrypto.so.3"] })],
  },
  {
    title: "a folder of which ldconfig was not told",
    code: "FL2135",
    says: /libfoo/,
    fix: /RUN ldconfig/,
    entries: [...debian, needsFoo, foo("usr/local/lib")],
  },
  {
    title: "a folder of the image's own",
    code: "FL2135",
    says: /libfoo/,
    fix: /LD_LIBRARY_PATH=\/opt\/lib/,
    entries: [...debian, needsFoo, foo("opt/lib")],
  },
  {
    title: "a RUNPATH, which libraries don't inherit",
    code: "FL2135",
    says: /needs libbar/,
    entries: [
      ...debian,
      program({ needed: ["libfoo.so.1"], runpath: "/opt" }),
      foo("opt", { needed: ["libbar.so.1"] }),
      file("opt/libbar.so.1", library(), 0o644),
    ],
  },
  {
    title: "a RPATH beside a RUNPATH",
    code: "FL2135",
    says: /RUNPATH of \/app \/srv/,
    entries: [...debian, program({ needed: ["libfoo.so.1"], rpath: "/opt", runpath: "/srv" }), foo("opt")],
  },
  {
    title: "LD_LIBRARY_PATH for a program that changes its user",
    code: "FL2135",
    says: /libfoo/,
    entries: [...debian, { ...needsFoo, mode: 0o4755 }, foo("opt")],
    config: { Env: ["LD_LIBRARY_PATH=/opt"], User: "1000" },
  },
  {
    title: "a library without default folders",
    code: "FL2135",
    says: /libfoo/,
    entries: [...debian, program({ needed: ["libfoo.so.1"], noDefaultFolders: true }), foo("usr/lib")],
  },
  {
    title: "a library of another machine",
    code: "FL2136",
    says: /libfoo\.so\.1 is for ARM64, 64 bits/,
    entries: [...debian, needsFoo, foo("usr/lib", { machine: 183 })],
  },
  {
    title: "a library of 32 bits",
    code: "FL2136",
    says: /is for x86, 32 bits/,
    entries: [...debian, needsFoo, foo("usr/lib", { machine: 3, bits: 32 })],
  },
  {
    title: "a text in a library's place",
    code: "FL2136",
    says: /invalid ELF header/,
    entries: [...debian, needsFoo, file("usr/lib/libfoo.so.1", "INPUT(-lfoo)", 0o644)],
  },
  {
    title: "a folder by a library's name",
    code: "FL2136",
    says: /Is a directory/,
    entries: [...debian, needsFoo, folder("usr/lib/libfoo.so.1")],
  },
  {
    title: "an empty library",
    code: "FL2136",
    says: /file too short/,
    entries: [...debian, needsFoo, file("usr/lib/libfoo.so.1", "", 0o644)],
  },
  {
    title: "a library that the user may not read",
    code: "FL2135",
    says: /user 1000 may not read \/usr\/lib\/libfoo/,
    fix: /chmod/,
    entries: [...debian, needsFoo, foo("usr/lib", {}, 0o600)],
    config: { User: "1000" },
  },
  {
    title: "a folder that the user may not enter",
    code: "FL2135",
    says: /may not read/,
    entries: [...debian, program({ needed: ["libfoo.so.1"], runpath: "/opt" }), folder("opt", 0o700), foo("opt")],
    config: { User: "1000" },
  },
  {
    title: "a version that libc lacks",
    code: "FL2137",
    says: /\/app needs version GLIBC_2\.38 of libc\.so\.6, and .*\/libc\.so\.6 has none above GLIBC_2\.36/,
    fix: /FROM the same distribution/,
    entries: [...debian, program({ versionNeeds: { "libc.so.6": ["GLIBC_2.2.5", "GLIBC_2.38", "GLIBC_2.4"] } })],
  },
  {
    title: "a version that a library's library lacks",
    code: "FL2137",
    says: /libfoo\.so\.1 needs version GLIBC_2\.40/,
    entries: [...debian, needsFoo, foo("usr/lib", { needed: ["libc.so.6"], versionNeeds: { "libc.so.6": ["GLIBC_2.40"] } })],
  },
  {
    title: "a library that was cut off",
    code: "FL2138",
    says: /was cut off/,
    entries: [...debian, needsFoo, file("usr/lib/libfoo.so.1", library({ data: "x".repeat(20_000) }).subarray(0, 5000), 0o644)],
  },
  {
    title: "a program that was cut off",
    code: "FL2138",
    says: /was cut off/,
    entries: [...debian, file("app", elf({ needed: [], data: "x".repeat(20_000) }).subarray(0, 5000))],
  },
  {
    title: "a program that was cut off before its segments",
    code: "FL2138",
    says: /has 100 bytes/,
    entries: [file("app", elf({ needed: [] }).subarray(0, 100))],
  },
  {
    title: "a shared library as a program",
    code: "FL2138",
    says: /is a shared library/,
    entries: [...debian, file("app", library({ soname: "libapp.so" }))],
  },
  {
    title: "a library of level 4",
    code: "FL2139",
    says: /x86-64-v4/,
    certainty: "may",
    entries: [...debian, needsFoo, foo("usr/lib", { x86Level: 4 })],
  },
  {
    title: "a static program of level 3",
    code: "FL2139",
    says: /x86-64-v3/,
    certainty: "may",
    entries: [file("app", elf({ x86Level: 3 }))],
  },
  {
    title: "the driver of the machine's device",
    code: "FL2135",
    says: /libcuda/,
    certainty: "may",
    entries: [...debian, program({ needed: ["libcuda.so.1"] })],
  },
  { title: "musl: a library that is nowhere", code: "FL2135", says: /libfoo/, entries: [...alpine, onMusl({ needed: ["libfoo.so.1"] })] },
  {
    title: "musl: another machine's library before the right one",
    code: "FL2136",
    says: /\/opt\/libfoo\.so\.1 is for ARM64/,
    entries: [...alpine, onMusl({ needed: ["libfoo.so.1"], runpath: "/opt" }), foo("opt", { machine: 183 }), foo("usr/lib")],
  },
  {
    title: "musl: a package of Alpine",
    code: "FL2135",
    says: /libstdc\+\+/,
    fix: /apk add --no-cache libstdc\+\+/,
    entries: [...alpine, onMusl({ needed: ["libstdc++.so.6"] })],
  },
  {
    title: "musl: a library of glibc's",
    code: "FL2135",
    says: /ld-linux-x86-64\.so\.2/,
    fix: /built for glibc/,
    entries: [...alpine, onMusl({ needed: ["libfoo.so.1"] }), foo("usr/lib", { needed: ["libc.so.6", "ld-linux-x86-64.so.2"] })],
  },
  {
    title: "musl: a folder that its path's file doesn't name",
    code: "FL2135",
    says: /libfoo.*\/opt/,
    entries: [...alpine, file("etc/ld-musl-x86_64.path", "/opt\n/srv\n", 0o644), onMusl({ needed: ["libfoo.so.1"] }), foo("usr/lib")],
  },
  {
    title: "musl: glibc's folders",
    code: "FL2135",
    says: /libfoo/,
    entries: [...alpine, onMusl({ needed: ["libfoo.so.1"] }), foo("usr/lib/x86_64-linux-gnu")],
  },
];

test.each(bad)("$title is told as $code", async ({ code, says, certainty = "dies", fix = /./, ...image }) => {
  expect(await findingsOf(image)).toMatchObject([
    { code, certainty, problem: expect.stringMatching(says), fix: expect.stringMatching(fix) },
  ]);
});
