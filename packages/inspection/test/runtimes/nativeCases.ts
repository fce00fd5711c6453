import { elf, file, link, type Entry } from "../../testing/testImage";
import { json, text, withGlibc, type Dies, type Lives } from "./runtimeCase";

/** A file's beginning is enough to tell what it is. */
const ofMac = Buffer.from([0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1, 0, 0, 0, 0, 8, 0, 0, 0]);
const native = (name: string, content: Buffer) => file(`app/node_modules/${name}`, content, 0o644);
const part = (name: string, content: Buffer): Entry[] => [
  json(`app/node_modules/${name}/package.json`, { name, main: "x.node" }),
  native(`${name}/x.node`, content),
];

/** `napi-rs` and sharp: each platform's part is an optional package of its own. */
const withParts = (loader: string): Entry[] => [
  json("app/node_modules/fast/package.json", {
    name: "fast",
    main: "index.js",
    optionalDependencies: { "@fast/darwin-arm64": "1", "@fast/linux-x64-gnu": "1", "@fast/linux-x64-musl": "1", "@fast/wasm32-wasi": "1" },
  }),
  text("app/node_modules/fast/index.js", 'module.exports = require("./binding");\n'),
  text("app/node_modules/fast/binding.js", loader),
];
const throwing =
  'let binding;\nfor (const path of ["@fast/linux-x64-gnu", "./x.node"]) { try { binding = require(path); } catch {} }\nif (!binding) { throw new Error("none"); }\n';
const careful =
  'let binding;\ntry { binding = require("./x.node"); } catch { binding = require("./slow"); }\nif (!binding) console.log("slow");\n';
const main = text("app/main.js", 'const fast = require("fast");\n');

/** `bindings`, `node-gyp-build`: one file beside the package. */
const built = (loader: string, content?: Buffer): Entry[] => [
  json("app/node_modules/hash/package.json", { name: "hash", main: "hash", scripts: { install: "node-gyp rebuild" } }),
  text("app/node_modules/hash/hash.js", loader),
  ...(content ? [native("hash/build/Release/hash.node", content)] : []),
  json("app/node_modules/bindings/package.json", { name: "bindings" }),
  text("app/node_modules/bindings/index.js", "module.exports = (name) => require(`../hash/build/Release/${name}.node`);\n"),
];
/** tsx, and the esbuild that it translates with. */
const tsx = (platform: string): Entry[] => [
  json("app/node_modules/tsx/package.json", { name: "tsx", exports: "./dist/loader.mjs", dependencies: { esbuild: "1" } }),
  file("app/node_modules/tsx/dist/cli.mjs", "#!/usr/bin/env node\n"),
  text("app/node_modules/tsx/dist/loader.mjs", ""),
  link("app/node_modules/.bin/tsx", "../tsx/dist/cli.mjs"),
  json("app/node_modules/esbuild/package.json", {
    name: "esbuild",
    main: "lib/main.js",
    optionalDependencies: { "@esbuild/darwin-arm64": "1", "@esbuild/linux-x64": "1" },
  }),
  json(`app/node_modules/@esbuild/${platform}/package.json`, { name: `@esbuild/${platform}` }),
  text("app/main.ts", "const a: number = 1;\n"),
];
const hashes = text("app/main.js", 'import hash from "hash";\n');
const asModule = json("app/package.json", { type: "module" });

export const nativeDies: Dies[] = [
  ["native: a part for macOS", "FL2144", [...withParts(throwing), ...part("@fast/darwin-arm64", ofMac), main], ["node", "main.js"]],
  [
    "native: a part for ARM64",
    "FL2144",
    [...withParts(throwing), ...part("@fast/linux-x64-gnu", elf({ machine: 183, type: 3 })), main],
    ["node", "main.js"],
  ],
  [
    "native: a part for musl, beside a script that linkers read as libc.so",
    "FL2144",
    [
      ...withGlibc("usr/local/bin/node"),
      text("usr/lib/libc.so", "/* GNU ld script */\nGROUP ( /lib/libc.so.6 )\n"),
      ...withParts(throwing),
      ...part("@fast/linux-x64-musl", elf({ type: 3, needed: ["libc.so"] })),
      main,
    ],
    ["node", "main.js"],
  ],
  [
    "native: a part whose library is not installed (libvips)",
    "FL2144",
    [
      ...withGlibc("usr/local/bin/node"),
      ...withParts(throwing),
      ...part("@fast/linux-x64-gnu", elf({ type: 3, needed: ["libvips-cpp.so.8"] })),
      main,
    ],
    ["node", "main.js"],
  ],
  [
    "native: Rollup's part for macOS",
    "FL2144",
    [
      json("app/node_modules/rollup/package.json", {
        name: "rollup",
        main: "index.js",
        optionalDependencies: { "@rollup/rollup-darwin-arm64": "1", "@rollup/rollup-linux-x64-gnu": "1" },
      }),
      text("app/node_modules/rollup/index.js", "module.exports = load(name());\n"),
      ...part("@rollup/rollup-darwin-arm64", ofMac),
      text("app/main.js", 'require("rollup");\n'),
    ],
    ["node", "main.js"],
  ],
  ["native: esbuild for macOS, which tsx translates with", "FL2144", tsx("darwin-arm64"), ["node_modules/.bin/tsx", "main.ts"]],
  [
    "native: esbuild for macOS, which tsx loaded first translates with",
    "FL2144",
    tsx("darwin-arm64"),
    ["node", "--import", "tsx", "main.ts"],
  ],
  ["native: no part at all", "FL2144", [...withParts(throwing), main], ["node", "main.js"]],
  [
    "native: built on macOS",
    "FL2144",
    [...built('module.exports = require("bindings")("hash");\n', ofMac), asModule, hashes],
    ["node", "main.js"],
  ],
  [
    "native: built on ARM64",
    "FL2144",
    [...built('const hash = require("./build/Release/hash.node");\n', elf({ machine: 183, type: 3 })), asModule, hashes],
    ["node", "main.js"],
  ],
  [
    "native: never built, as npm does without a script",
    "FL2144",
    [
      json("app/node_modules/hash/package.json", { name: "hash", main: "hash.js" }),
      text("app/node_modules/hash/binding.gyp", "{}"),
      json("app/node_modules/bindings/package.json", { name: "bindings" }),
      text("app/node_modules/bindings/index.js", ""),
      text("app/node_modules/hash/hash.js", 'module.exports = require("bindings")("hash");\n'),
      text("app/main.js", 'require("hash");\n'),
    ],
    ["node", "main.js"],
  ],
  ["native: never built", "FL2144", [...built('module.exports = require("bindings")("hash");\n'), asModule, hashes], ["node", "main.js"]],
  [
    "native: a package's package",
    "FL2144",
    [
      ...withParts(throwing),
      ...part("@fast/darwin-arm64", ofMac),
      json("app/node_modules/web/package.json", { name: "web", dependencies: { fast: "1" } }),
      text("app/node_modules/web/index.js", 'require("./lib");\n'),
      text("app/node_modules/web/lib/index.js", 'const { x } = require("fast");\n'),
      text("app/main.js", 'require("./server");\n'),
      text("app/server.js", 'require("web");\n'),
    ],
    ["node", "main.js"],
  ],
  ...[
    'let b = null;\nconst load = () => { try { return require("./x.linux-x64-gnu.node"); } catch {} try { return require("@fast/linux-x64-gnu"); } catch {} };\nb = load();\nif (!b) { try { b = require("./x.wasi.cjs"); } catch {} }\nif (!b) { throw new Error("none"); }\n',
    'let b;\nfor (const path of ["@fast/linux-x64-gnu", "./x.node"]) { try { b = require(path); break; } catch {} }\nif (b) { module.exports = b; } else { throw new Error("none"); }\n',
  ].map<Dies>((loader, number) => [
    `native: a loader that finds nothing, of form ${number + 1}`,
    "FL2144",
    [...withParts(loader), ...part("@fast/darwin-arm64", ofMac), main],
    ["node", "main.js"],
  ]),
];

export const nativeLives: Lives[] = [
  ["native: esbuild for Linux, which tsx translates with", tsx("linux-x64"), ["node", "--import", "tsx", "main.ts"]],
  [
    "native: esbuild that its own script downloaded",
    [...tsx("darwin-arm64"), file("app/node_modules/esbuild/lib/downloaded-@esbuild-linux-x64-esbuild", elf())],
    ["node_modules/.bin/tsx", "main.ts"],
  ],
  [
    "native: built elsewhere as well",
    [...withParts("module.exports = {};\n"), ...part("@fast/darwin-arm64", ofMac), ...part("@fast/linux-x64-gnu", elf({ type: 3 })), main],
    ["node", "main.js"],
  ],
  [
    "native: a part for macOS alone (fsevents)",
    [
      json("app/node_modules/fsevents/package.json", { name: "fsevents", os: ["darwin"], main: "i.js" }),
      text("app/node_modules/fsevents/i.js", ""),
      native("fsevents/fsevents.node", ofMac),
      text("app/main.js", 'require("fsevents");\n'),
    ],
    ["node", "main.js"],
  ],
  [
    "native: a package that nobody loads",
    [...withParts(throwing), ...part("@fast/darwin-arm64", ofMac), text("app/main.js", "")],
    ["node", "main.js"],
  ],
  [
    "native: WebAssembly in its place",
    [
      ...withParts("module.exports = {};\n"),
      ...part("@fast/darwin-arm64", ofMac),
      json("app/node_modules/@fast/wasm32-wasi/package.json", { name: "@fast/wasm32-wasi" }),
      main,
    ],
    ["node", "main.js"],
  ],
  [
    "native: prebuilt for many",
    [
      json("app/node_modules/fast/package.json", { name: "fast" }),
      text("app/node_modules/fast/index.js", ""),
      native("fast/prebuilds/darwin-arm64/x.node", ofMac),
      native("fast/prebuilds/linux-x64/x.node", elf({ type: 3 })),
      main,
    ],
    ["node", "main.js"],
  ],
  [
    "native: pnpm's layout",
    [
      ...["darwin-arm64", "linux-x64-gnu"].map((name) =>
        native(`.pnpm/@fast+${name}@1/node_modules/@fast/${name}/x.node`, name.startsWith("linux") ? elf({ type: 3 }) : ofMac),
      ),
      ...["darwin-arm64", "linux-x64-gnu"].map((name) =>
        link(`app/node_modules/.pnpm/fast@1/node_modules/@fast/${name}`, `../../../@fast+${name}@1/node_modules/@fast/${name}`),
      ),
      json("app/node_modules/.pnpm/fast@1/node_modules/fast/package.json", {
        name: "fast",
        optionalDependencies: { "@fast/darwin-arm64": "1", "@fast/linux-x64-gnu": "1" },
      }),
      text("app/node_modules/.pnpm/fast@1/node_modules/fast/index.js", ""),
      link("app/node_modules/fast", ".pnpm/fast@1/node_modules/fast"),
      main,
    ],
    ["node", "main.js"],
  ],
];

/** Told, and not stopped: what is wrong may never be loaded. */
export const nativePerhaps: Lives[] = [
  [
    "native: a loader that does without",
    [...withParts(careful), text("app/node_modules/fast/slow.js", ""), ...part("@fast/darwin-arm64", ofMac), main],
    ["node", "main.js"],
  ],
  [
    "native: a loader that loads later",
    [...withParts('exports.hash = () => require("@fast/linux-x64-gnu");\n'), ...part("@fast/darwin-arm64", ofMac), main],
    ["node", "main.js"],
  ],
  [
    "native: a package that loads it later",
    [
      ...withParts(throwing),
      ...part("@fast/darwin-arm64", ofMac),
      json("app/node_modules/web/package.json", { name: "web", dependencies: { fast: "1" } }),
      text("app/node_modules/web/index.js", 'exports.x = () => require("fast");\n'),
      text("app/main.js", 'require("web");\n'),
    ],
    ["node", "main.js"],
  ],
  ...[
    'const dir = process.cwd();\nif (!dir) throw new Error("none");\nlet b;\ntry { b = require("./build/Release/x.node"); } catch { b = require("./pure"); }\nmodule.exports = b;\n',
    'let pure = require("./pure");\nlet b;\ntry { b = require("./build/Release/x.node"); } catch (error) { if (!pure) throw error; b = pure; }\nmodule.exports = b;\n',
    'let b;\ntry { b = require("./build/Release/x.node"); } catch {}\nb = b || require("./pure");\nif (!b) throw new Error("none");\nmodule.exports = b;\n',
    'function load() { try { return require("./build/Release/x.node"); } catch { return require("./pure"); } }\nconst b = load();\nif (!b) throw new Error("none");\nmodule.exports = b;\n',
  ].map<Lives>((loader, number) => [
    `native: a loader that does without, of form ${number + 1}`,
    [...withParts(loader), text("app/node_modules/fast/pure.js", ""), ...part("@fast/darwin-arm64", ofMac), main],
    ["node", "main.js"],
  ]),
];
