import { layoutOf as imageOf, elf, file, folder, link, type Entry } from "@fairlead/inspection/testing/testImage";

import { header, layoutOf, padded, type HostileImage } from "./largeLayer";

const mebi = 1024 ** 2;
const loaderPath = "/lib64/ld-linux-x86-64.so.2";
const loader = file(loaderPath.slice(1), elf({ type: 3, soname: "ld-linux-x86-64.so.2", versions: ["GLIBC_PRIVATE"] }));
const node = file("usr/bin/node", elf());
const python = [file("usr/bin/python3.11", elf()), file("usr/lib/python3.11/os.py", "", 0o644)];
const shell = file("bin/sh", elf());
const needing = (names: string[], more = {}) => elf({ interpreter: loaderPath, needed: names, ...more });
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const text = (name: string, content: string) => file(name, content, 0o644);

const image = (entries: Entry[], config: object) => async () => ({ path: await imageOf([entries], { ...config }) });

/** Images whose files keep busy who asks what their program would load, each with what is found in it. */
export const hostileFiles: HostileImage[] = [
  [
    "ten thousand libraries that need each other",
    [],
    image(
      [
        loader,
        file("app", needing(["lib0.so"])),
        ...numbers(10_000).map((number) => {
          const needed = numbers(10).map((next) => `lib${(number * 7 + next) % 10_000}.so`);
          return file(`usr/lib/lib${number}.so`, elf({ type: 3, needed, hasEntry: false }));
        }),
      ],
      { Cmd: ["/app"] },
    ),
  ],
  [
    "a thousand libraries, and forty thousand folders to look for them in",
    [],
    image([loader, file("app", needing(numbers(1000).map((number) => `lib${number}.so`)))], {
      Cmd: ["/app"],
      Env: [`LD_LIBRARY_PATH=${"/a:".repeat(40_000)}`],
    }),
  ],
  [
    "long lists of folders whose names have several meanings, each library's with those of who needs it",
    [],
    image(
      [
        loader,
        file("app", needing(["lib0.so"], { rpath: "$LIB$PLATFORM:".repeat(4500) })),
        ...numbers(40).map((number) =>
          file(
            `usr/lib/lib${number}.so`,
            elf({ type: 3, needed: [`lib${number + 1}.so`], rpath: "$LIB$PLATFORM:".repeat(4500), hasEntry: false }),
          ),
        ),
      ],
      { Cmd: ["/app"] },
    ),
  ],
  [
    "a loader's cache of 100 MiB",
    [],
    image([loader, file("app", needing(["libx.so"])), file("etc/ld.so.cache", loaderCache(100 * mebi))], { Cmd: ["/app"] }),
  ],
  [
    "a list of users of a gibibyte",
    [],
    () => {
      const line = Buffer.from("root:x:0:0:root:/root:/bin/sh\n".repeat(34_952).padEnd(mebi, "#"));
      const program = elf();
      return layoutOf([
        ...[header("app", { size: program.length }), padded(program), header("etc/passwd", { size: 1024 * mebi })],
        ...Array<Buffer>(1024).fill(line),
        Buffer.alloc(1024),
      ]);
    },
  ],
  [
    "a script of 100 MiB in one line",
    [],
    image([shell, file("start.sh", `#!/bin/sh\nexec ${"x".repeat(100 * mebi)}`)], { Cmd: ["/start.sh"] }),
  ],
  ["commands in commands in commands", [], image([shell], { Cmd: ["/bin/sh", "-c", "$( ".repeat(20_000) + ")".repeat(20_000)] })],
  [
    "loops in loops, over words that double",
    [],
    image([shell], {
      Cmd: ["/bin/sh", "-c", `x=a; ${'for i in 1 2 3 4 5 6 7 8 9; do x="$x$x"; '.repeat(30)} exec "/$x" ${"; done".repeat(30)}`],
    }),
  ],
  [
    "a pattern of ten thousand stars",
    [],
    image([shell], { Cmd: ["/bin/sh", "-c", `case ${"a".repeat(15_000)} in ${"*a".repeat(10_000)}b) exec /x;; esac; exec /bin/sh`] }),
  ],
  [
    "JavaScript that nests as deep as its text is long",
    [],
    image(
      [
        node,
        text("app/1.js", `require("./2");require("./3");require("./4");require("./5")`),
        text("app/2.js", "(".repeat(30_000) + ")".repeat(30_000)),
        text("app/3.js", "[".repeat(30_000) + "]".repeat(30_000)),
        text("app/4.js", `x=${"a+".repeat(30_000)}a`),
        text("app/5.js", "if(a)".repeat(10_000)),
      ],
      { Cmd: ["/usr/bin/node", "/app/1.js"] },
    ),
  ],
  [
    "a program far down that loads thousands of packages from all above it",
    ["dies FL2143"],
    image(
      [
        node,
        ...numbers(120).map((number) =>
          text(
            `${"d/".repeat(1500)}${number}.js`,
            `require("./${number + 1}");${numbers(3000)
              .map((name) => `require("p${name}")`)
              .join(";")}`,
          ),
        ),
        text(`${"d/".repeat(1500)}120.js`, ""),
        ...numbers(3000).map((name) => folder(`node_modules/p${name}/x`)),
      ],
      { Cmd: ["/usr/bin/node", `/${"d/".repeat(1500)}0.js`] },
    ),
  ],
  [
    "packages that are links to each other and depend on each other",
    ["dies FL2143"],
    image(
      [
        node,
        text("app/1.js", `require("p0")`),
        link("app/node_modules/p0/node_modules", ".."),
        ...numbers(3000).flatMap((number) => [
          text(
            `app/node_modules/p${number}/package.json`,
            JSON.stringify({ dependencies: { [`p${number + 1}`]: "1", [`p${(number * 7) % 3000}`]: "1", l: "1" } }),
          ),
          link(`app/node_modules/p${number}/l`, `../p${(number + 1) % 3000}/l`),
        ]),
        link("app/node_modules/l", "p0/l"),
      ],
      { Cmd: ["/usr/bin/node", "/app/1.js"] },
    ),
  ],
  [
    "descriptions of packages that nest as deep as their texts are long",
    ["dies FL2143"],
    image(
      [
        node,
        text("app/1.js", `require("p");require("q");require("r")`),
        text("app/node_modules/p/package.json", `{"exports":${'{".":'.repeat(10_000)}1${"}".repeat(10_000)}}`),
        text("app/node_modules/q/package.json", `{"exports":${"[".repeat(30_000)}${"]".repeat(30_000)}}`),
        text("app/node_modules/r/package.json", `{"name":"${"r".repeat(50 * mebi)}"}`),
        text("app/node_modules/p/index.js", ""),
      ],
      { Cmd: ["/usr/bin/node", "/app/1.js"] },
    ),
  ],
  [
    "millions of folders in Python's path",
    [],
    image(
      [
        ...python,
        ...numbers(120).map((number) => text(`usr/lib/python3/dist-packages/${number}.pth`, "a\n".repeat(32_000))),
        text(
          "app.py",
          numbers(5000)
            .map((number) => `import m${number}`)
            .join("\n"),
        ),
      ],
      { Cmd: ["/usr/bin/python3.11", "/app.py"] },
    ),
  ],
  [
    "a PATH of folders that are each forty links away",
    ["dies FL2104"],
    image([...numbers(40).map((number) => link(`l${number}`, `${"./".repeat(1000)}l${number + 1}`)), folder("l40")], {
      Cmd: ["app"],
      Env: [`PATH=${"/l0:".repeat(10_000)}`],
    }),
  ],
];

/** As ldconfig writes it, with as many libraries as there is room for. */
function loaderCache(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.write("glibc-ld.so.cache1.1", 0, "latin1");
  bytes.writeUInt32LE(Math.floor((size - 48) / 24), 20);
  return bytes;
}
