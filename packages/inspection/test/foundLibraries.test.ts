import { elf, file, link } from "../testing/testImage";
import { alpine, debian, findingsOf, foo, library, loaderCache, needsFoo, onMusl, program, type Case } from "./elfImages";

const good: Case[] = [
  { title: "a library in a default folder", entries: [...debian, needsFoo, foo("usr/lib")] },
  { title: "a library without an exec bit", entries: [...debian, needsFoo, foo("usr/lib", {}, 0o444)], config: { User: "1000" } },
  { title: "LD_LIBRARY_PATH of the image", entries: [...debian, needsFoo, foo("opt")], config: { Env: ["LD_LIBRARY_PATH=/srv:/opt"] } },
  {
    title: "LD_LIBRARY_PATH of the task",
    entries: [...debian, needsFoo, foo("opt")],
    run: { environment: { LD_LIBRARY_PATH: "/srv;/opt" } },
  },
  {
    title: "an empty part of LD_LIBRARY_PATH",
    entries: [...debian, needsFoo, foo("opt")],
    config: { Env: ["LD_LIBRARY_PATH=/srv:"], WorkingDir: "/opt" },
  },
  {
    title: "a RPATH, which libraries inherit",
    entries: [
      ...debian,
      program({ needed: ["libfoo.so.1"], rpath: "/opt" }),
      foo("opt", { needed: ["libbar.so"] }),
      file("opt/libbar.so", library()),
    ],
  },
  { title: "$ORIGIN", entries: [...debian, program({ needed: ["libfoo.so.1"], runpath: "$ORIGIN/lib:${ORIGIN}/../opt" }), foo("opt")] },
  {
    title: "$ORIGIN of a program that is started in another folder",
    entries: [...debian, program({ needed: ["libfoo.so.1"], runpath: "$ORIGIN/opt" }), foo("opt")],
    config: { WorkingDir: "/srv" },
  },
  {
    title: "$ORIGIN of a program that is linked to",
    entries: [
      ...debian,
      { ...program({ needed: ["libfoo.so.1"], runpath: "$ORIGIN/../lib2" }), name: "srv/bin/app" },
      link("app", "srv/bin/app"),
      foo("srv/lib2"),
    ],
  },
  { title: "$LIB", entries: [...debian, program({ needed: ["libfoo.so.1"], runpath: "/opt/$LIB" }), foo("opt/lib/x86_64-linux-gnu")] },
  { title: "a folder for some CPUs alone", entries: [...debian, needsFoo, foo("usr/lib/glibc-hwcaps/x86-64-v3")] },
  {
    title: "another machine's library before the right one",
    entries: [...debian, program({ needed: ["libfoo.so.1"], runpath: "/opt" }), foo("opt", { machine: 183 }), foo("usr/lib")],
  },
  {
    title: "a name that a loaded library has besides its file's",
    entries: [...debian, program({ needed: ["/opt/other.so", "libfoo.so.1"] }), file("opt/other.so", library({ soname: "libfoo.so.1" }))],
  },
  { title: "a version that it can do without", entries: [...debian, program({ versionNeeds: { "libc.so.6": ["GLIBC_2.99?"] } })] },
  {
    title: "a library without versions",
    entries: [...debian, program({ needed: ["libfoo.so.1"], versionNeeds: { "libfoo.so.1": ["FOO_2"] } }), foo("usr/lib")],
  },
  { title: "a preload that is missing", entries: [...debian, program({})], config: { Env: ["LD_PRELOAD=/opt/libjemalloc.so"] } },
  {
    title: "libraries that go round",
    entries: [
      ...debian,
      needsFoo,
      foo("usr/lib", { needed: ["libbar.so.1"] }),
      file("usr/lib/libbar.so.1", library({ needed: ["libfoo.so.1"] })),
    ],
  },
  { title: "static and position-independent", entries: [file("app", elf({ type: 3, needed: [] }))] },
  {
    title: "a loader that nobody knows",
    entries: [file("app", elf({ interpreter: "/ld.so", needed: ["libfoo.so.1"] })), file("ld.so", elf({ type: 3, soname: "ld.so" }))],
  },
  { title: "level 2", entries: [...debian, needsFoo, foo("usr/lib", { x86Level: 2 })] },
  { title: "musl: its own folders", entries: [...alpine, onMusl({ needed: ["libfoo.so.1"] }), foo("usr/local/lib")] },
  {
    title: "musl: parts of itself, and versions",
    entries: [...alpine, onMusl({ needed: ["libpthread.so.0"], versionNeeds: { "libc.musl-x86_64.so.1": ["GLIBC_2.38"] } })],
  },
  {
    title: "musl: a RUNPATH, which libraries inherit",
    entries: [
      ...alpine,
      onMusl({ needed: ["libfoo.so.1"], runpath: "/opt" }),
      foo("opt", { needed: ["libbar.so"] }),
      file("opt/libbar.so", library()),
    ],
  },
  {
    title: "musl: its path's file",
    entries: [...alpine, file("etc/ld-musl-x86_64.path", "/opt\n/srv\n", 0o644), onMusl({ needed: ["libfoo.so.1"] }), foo("srv")],
  },
];

test.each(good)("$title is no fault", async (image) => {
  expect(await findingsOf(image)).toEqual([]);
});

test("/etc/ld.so.cache of either format leads to libraries, and a stale one does not", async () => {
  for (const elder of [false, true]) {
    const cache = file("etc/ld.so.cache", loaderCache([["libfoo.so.1", "/opt/libfoo.so.1"]], elder), 0o644);
    expect(await findingsOf({ title: "", entries: [...debian, needsFoo, foo("opt"), cache] })).toEqual([]);
    expect(await findingsOf({ title: "", entries: [...debian, needsFoo, foo("srv"), cache] })).toMatchObject([{ code: "FL2135" }]);
  }
});

test("of a cache that can't be read nothing is known", async () => {
  const cache = file("etc/ld.so.cache", "ld.so-1.7.0\0\0\0\0\0", 0o644);
  expect(await findingsOf({ title: "", entries: [...debian, needsFoo, foo("opt"), cache] })).toMatchObject([]);
});

test("a library that an upper layer removed is missing", async () => {
  const image = { title: "", entries: [...debian, needsFoo, foo("usr/lib")] };
  expect(await findingsOf(image, [[file("usr/lib/.wh.libfoo.so.1", "")]])).toMatchObject([{ code: "FL2135" }]);
});
