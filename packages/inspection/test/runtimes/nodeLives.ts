import { file, link } from "../../testing/testImage";
import { json, text, type Lives } from "./runtimeCase";

export const nodeLives: Lives[] = [
  [
    "node: a relative NODE_PATH",
    [text("app/src/mailer/index.js", ""), text("app/main.js", "require('mailer');\n")],
    ["node", "main.js"],
    { environment: ["NODE_PATH=src"] },
  ],
  ["node: a program that ends before it loads more", [text("app/main.js", "process.exit(0);\nrequire('missing');\n")], ["node", "main.js"]],
  [
    "node: a program that may end before it loads more",
    [text("app/main.js", "const { argv } = process;\nif (argv.length < 3) process.exit(0);\nrequire('missing');\n")],
    ["node", "main.js"],
  ],
  ["node: without extension", [text("app/dist/main.js", "")], ["node", "dist/main"]],
  ["node: JSON without extension", [text("app/data.json", "{}")], ["node", "data"]],
  ["node: a folder with index.js", [text("app/dist/index.js", "")], ["node", "dist"]],
  ["node: a folder with a slash", [text("app/dist/index.js", "")], ["node", "dist/"]],
  ["node: main without extension", [json("app/package.json", { main: "lib/index" }), text("app/lib/index.js", "")], ["node", "."]],
  ["node: main is a folder", [json("app/package.json", { main: "lib" }), text("app/lib/index.js", "")], ["node", "."]],
  ["node: main is missing, index.js is not", [json("app/package.json", { main: "gone.js" }), text("app/index.js", "")], ["node", "."]],
  ["node: a text that is evaluated", [], ["node", "-e", "setTimeout(() => {}, 100)"]],
  ["node: its version", [], ["node", "--version"]],
  ["node: an entry behind --", [text("app/main.js", "")], ["node", "--", "main.js"]],
  [
    "node: NODE_OPTIONS",
    [text("app/main.js", "")],
    ["node", "main.js"],
    { environment: ["NODE_OPTIONS=--max-old-space-size=512 --enable-source-maps"] },
  ],
  ["node: a package above", [text("node_modules/a/index.js", ""), text("app/main.js", 'require("a");\n')], ["node", "main.js"]],
  [
    "node: a package of NODE_PATH",
    [text("usr/local/lib/node_modules/a/index.js", ""), text("app/main.js", 'require("a");\n')],
    ["node", "main.js"],
    { environment: ["NODE_PATH=/usr/local/lib/node_modules"] },
  ],
  ["node: a package that is one file", [text("app/node_modules/a.js", ""), text("app/main.js", 'require("a");\n')], ["node", "main.js"]],
  [
    "node: pnpm's layout",
    [
      text("app/node_modules/.pnpm/a@1/node_modules/a/index.js", 'require("b");\n'),
      link("app/node_modules/.pnpm/a@1/node_modules/b", "../../b@1/node_modules/b"),
      text("app/node_modules/.pnpm/b@1/node_modules/b/index.js", ""),
      link("app/node_modules/a", ".pnpm/a@1/node_modules/a"),
      text("app/main.js", 'require("a");\n'),
    ],
    ["node", "main.js"],
  ],
  [
    "node: a workspace's link",
    [
      json("app/packages/shared/package.json", { name: "@acme/shared", main: "dist/index.js" }),
      text("app/packages/shared/dist/index.js", ""),
      link("app/node_modules/@acme/shared", "../../packages/shared"),
      text("app/apps/api/main.js", 'require("@acme/shared");\n'),
    ],
    ["node", "apps/api/main.js"],
  ],
  [
    "node: an entry behind a link, its packages beside the file",
    [text("srv/api/main.js", 'require("a");\n'), text("srv/api/node_modules/a/index.js", ""), link("app/main.js", "/srv/api/main.js")],
    ["node", "main.js"],
  ],
  [
    "node: exports of a package",
    [
      json("app/node_modules/a/package.json", { name: "a", exports: { "./sub": "./lib/x.js" } }),
      text("app/node_modules/a/lib/x.js", ""),
      text("app/main.js", 'require("a/sub");\n'),
    ],
    ["node", "main.js"],
  ],
  [
    "node: its own name",
    [
      json("app/package.json", { name: "me", exports: { "./lib": "./lib.js" } }),
      text("app/lib.js", ""),
      text("app/main.js", 'require("me/lib");\n'),
    ],
    ["node", "main.js"],
  ],
  [
    "node: imports of package.json",
    [json("app/package.json", { imports: { "#lib": "./lib.js" } }), text("app/lib.js", ""), text("app/main.js", 'require("#lib");\n')],
    ["node", "main.js"],
  ],
  ["node: an optional package in try", [text("app/main.js", 'let a; try { a = require("fsevents"); } catch {}\n')], ["node", "main.js"]],
  [
    "node: a package in a branch",
    [
      text(
        "app/main.js",
        'if (process.env.TRACE) require("dd-trace").init();\nconst b = process.env.B ? require("b") : undefined;\nprocess.env.C && require("c");\n',
      ),
    ],
    ["node", "main.js"],
  ],
  [
    "node: a package in a function",
    [
      text(
        "app/main.js",
        'function lazy() { return require("sharp"); }\nconst later = () => require("canvas");\nclass A { x = () => require("b"); }\n',
      ),
    ],
    ["node", "main.js"],
  ],
  [
    "node: a bundle",
    [
      text(
        "app/main.js",
        '(() => { var __webpack_modules__ = { 1: (module, exports, require) => { require("./2"); module.exports = require("nowhere"); } }; })();\n',
      ),
    ],
    ["node", "main.js"],
  ],
  [
    "node: a bundle with a require of its own",
    [text("app/main.js", 'var require = (name) => ({});\nrequire("nowhere");\n')],
    ["node", "main.js"],
  ],
  [
    "node: a require of its own, declared later",
    [text("app/main.js", 'require("nowhere");\nfunction require() {}\n')],
    ["node", "main.js"],
  ],
  [
    "node: createRequire",
    [
      text("app/other/node_modules/a/index.js", ""),
      text(
        "app/main.mjs",
        'import { createRequire } from "node:module";\nconst require = createRequire("/app/other/x.js");\nrequire("a");\n',
      ),
    ],
    ["node", "main.mjs"],
  ],
  ["node: an early return", [text("app/main.js", 'if (process.argv.length < 9) return;\nrequire("nowhere");\n')], ["node", "main.js"]],
  [
    "node: module-alias",
    [
      json("app/package.json", { _moduleAliases: { nowhere: "lib" } }),
      text(
        "app/node_modules/module-alias/register.js",
        'const M = require("module"); const old = M._resolveFilename; M._resolveFilename = function (r, ...x) { return old.call(this, r === "nowhere" ? "/app/lib/index.js" : r, ...x); };\n',
      ),
      text("app/lib/index.js", ""),
      text("app/main.js", 'require("module-alias/register");\nrequire("nowhere");\n'),
    ],
    ["node", "main.js"],
  ],
  [
    "node: paths that the program changes",
    [text("app/lib/a/index.js", ""), text("app/main.js", 'module.paths.push("/app/lib");\nrequire("a");\n')],
    ["node", "main.js"],
  ],
  [
    "node: modules of its own",
    [text("app/main.js", 'require("fs"); require("node:sqlite"); require("node:test"); require("fs/promises"); require("punycode");\n')],
    ["node", "main.js"],
  ],
  [
    "node: a comment and a text",
    [text("app/main.js", '// require("nowhere")\nconst s = \'require("nowhere")\';\nconst t = `import "x"`;\n')],
    ["node", "main.js"],
  ],
  [
    "node: #! and return",
    [file("app/main.js", '#!/usr/bin/env node\nrequire("./lib/");\nreturn;\n'), text("app/lib/index.js", "")],
    ["./main.js"],
  ],
  [
    "node: an import of JSON beside it",
    [
      text("app/main.mjs", 'import data from "./data.json" with { type: "json" };\nimport "./lib.mjs";\n'),
      text("app/data.json", "{}"),
      text("app/lib.mjs", ""),
    ],
    ["node", "main.mjs"],
  ],
  [
    "node: a loader that finds what is not there",
    [
      text(
        "app/hook.mjs",
        'import { registerHooks } from "node:module";\nregisterHooks({ resolve: (s, c, n) => (s === "nowhere" ? { url: "node:fs", shortCircuit: true } : n(s, c)) });\n',
      ),
      text("app/main.mjs", 'import "nowhere";\n'),
    ],
    ["node", "--import", "./hook.mjs", "main.mjs"],
  ],
  ["node: what a volume may hold", [], ["node", "/data/main.js"], { run: { writableMounts: ["/data"] }, unrun: true }],
  [
    "node: Plug'n'Play",
    [
      text(
        "app/.pnp.cjs",
        'const M = require("module"); exports.setup = () => { const old = M._load; M._load = function (r, ...x) { return r === "a" ? {} : old.call(this, r, ...x); }; };\n',
      ),
      text("app/main.js", 'require("./.pnp.cjs").setup();\nrequire("a");\n'),
    ],
    ["node", "main.js"],
  ],
  [
    "node: links that are kept, by a variable",
    [
      text("srv/api/lib.js", 'require("a");\n'),
      link("app/lib.js", "/srv/api/lib.js"),
      text("app/node_modules/a/index.js", ""),
      text("app/main.js", 'require("./lib");\n'),
    ],
    ["node", "main.js"],
    { environment: ["NODE_PRESERVE_SYMLINKS=1"] },
  ],
  [
    "node: an entry behind a link that is kept, by a variable",
    [text("srv/api/main.js", 'require("./lib");\n'), link("app/main.js", "/srv/api/main.js"), text("app/lib.js", "")],
    ["node", "main.js"],
    { environment: ["NODE_PRESERVE_SYMLINKS_MAIN=1"] },
  ],
  [
    "node: a loader that the program replaces",
    [
      text(
        "app/main.js",
        'const old = module.constructor._load;\nmodule.constructor._load = (name, ...more) => (name === "nowhere" ? {} : old(name, ...more));\nrequire("nowhere");\n',
      ),
    ],
    ["node", "main.js"],
  ],
  [
    "node: a require that the program replaces",
    [text("app/main.js", 'module.constructor.prototype.require = () => ({});\nrequire("nowhere");\n')],
    ["node", "main.js"],
  ],
];
