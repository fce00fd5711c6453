import { file, link } from "../../testing/testImage";
import { json, nodeOf, text, type Lives } from "./runtimeCase";

const node = ["node", "main.js"];
const isModule = json("app/package.json", { type: "module" });
const [node18, node20] = [nodeOf("18.20.8"), nodeOf("20.11.1")];
const server = 'import { createServer } from "node:http";\ncreateServer();\n';

/** What is easily taken for a module as CommonJS, or the other way round. */
export const nodeFormatLives: Lives[] = [
  ["node: a module by Node 18", [node18, isModule, text("app/main.js", server)], node],
  ["node: a module that ends in .mjs, by Node 18", [node18, text("app/main.mjs", server)], ["node", "main.mjs"]],
  ["node: a module without a type, by Node 20.19", [nodeOf("20.19.0"), text("app/main.js", server)], node],
  ["node: a module without a type, by Node 22.12", [nodeOf("22.12.0"), json("app/package.json", {}), text("app/main.js", server)], node],
  ["node: a module without a type, by Node 24", [nodeOf("24.21.0"), text("app/main.js", server)], node],
  [
    "node: a module without a type that an option detects, by Node 20.11",
    [node20, text("app/main.js", server)],
    ["node", "--experimental-detect-module", "main.js"],
  ],
  [
    "node: a module without a type that an option calls one, by Node 20.11",
    [node20, text("app/main.js", server)],
    ["node", "--experimental-default-type=module", "main.js"],
  ],
  [
    "node: a folder of modules in a package of CommonJS, by Node 18",
    [node18, json("app/package.json", {}), json("app/esm/package.json", { type: "module" }), text("app/esm/main.js", server)],
    ["node", "esm/main.js"],
  ],
  [
    "node: the package above that of a link, by Node 18",
    [node18, link("app/main.js", "/srv/main.js"), json("srv/package.json", { type: "module" }), text("srv/main.js", server)],
    node,
  ],
  ["node: CommonJS that ends in .cjs", [isModule, text("app/main.cjs", 'exports.a = require("node:fs");\n')], ["node", "main.cjs"]],
  [
    "node: a require that the module makes",
    [
      isModule,
      text(
        "app/main.js",
        'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nconst fs = require("node:fs");\n',
      ),
    ],
    node,
  ],
  [
    "node: a __dirname that the module makes",
    [
      isModule,
      text(
        "app/main.js",
        'import { dirname } from "node:path";\nimport { fileURLToPath } from "node:url";\nconst __filename = fileURLToPath(import.meta.url);\nconst __dirname = dirname(__filename);\nconsole.log(`${__dirname}`);\n',
      ),
    ],
    node,
  ],
  [
    "node: a bundle that asks for require",
    [
      isModule,
      text(
        "app/main.js",
        'var __require = ((x) => (typeof require !== "undefined" ? require : x))(function (x) {\n  if (typeof require !== "undefined") return require.apply(this, arguments);\n});\nvar isCommonjs = typeof module === "object" && typeof exports !== "undefined";\nvar __commonJS = (cb, mod) => () => (mod || cb((mod = { exports: {} }).exports, mod), mod.exports);\nvar require_a = __commonJS((exports, module) => { module.exports = 1; });\nexport default require_a();\n',
      ),
    ],
    node,
  ],
  [
    "node: require in a function of a module that nobody calls",
    [isModule, text("app/main.js", 'export function old() { return require("a"); }\nexport const late = () => __dirname;\n')],
    node,
  ],
  [
    "node: require in a branch and in try of a module",
    [
      isModule,
      text(
        "app/main.js",
        'let a;\ntry { a = require("a"); } catch {}\nif (process.env.NOPE) require("b");\nprocess.env.NOPE && module.exports;\n',
      ),
    ],
    node,
  ],
  [
    "node: a global require of another file's",
    [
      isModule,
      text("app/globals.js", 'import { createRequire } from "node:module";\nglobalThis.require = createRequire(import.meta.url);\n'),
      text("app/main.js", 'import "./globals.js";\nconst fs = require("node:fs");\n'),
    ],
    node,
  ],
  [
    "node: names that are those of CommonJS by chance",
    [
      isModule,
      text(
        "app/main.js",
        "const options = { require: 1, exports: 2, module: 3 };\nconsole.log(options.require, options.module);\nlabel: for (;;) break label;\n",
      ),
    ],
    node,
  ],
  [
    "node: a module that waits before it would fail",
    [isModule, text("app/main.js", 'import { setTimeout } from "node:timers/promises";\nawait setTimeout(60_000);\nrequire("a");\n')],
    node,
  ],
  [
    "node: an import that is caught, one that is not awaited, and one whose name is made",
    [
      isModule,
      text(
        "app/main.js",
        'await import("nowhere").catch(() => {});\ntry { await import("nowhere"); } catch {}\nconst name = "fs";\nawait import(`node:${name}`);\nimport("./gone.js").catch(() => {});\n',
      ),
    ],
    node,
  ],
  [
    "node: a package that is a module, required by Node 22.12",
    [
      nodeOf("22.12.0"),
      json("app/node_modules/a/package.json", { name: "a", type: "module", exports: "./i.js" }),
      text("app/node_modules/a/i.js", "export default 1;\n"),
      text("app/main.js", 'require("a");\n'),
    ],
    node,
  ],
  [
    "node: a package of both, required by Node 18",
    [
      node18,
      json("app/node_modules/a/package.json", {
        name: "a",
        type: "module",
        exports: { ".": { import: "./i.js", require: "./i.cjs" }, "./b": { require: "./cjs/b.js" } },
      }),
      json("app/node_modules/a/cjs/package.json", { type: "commonjs" }),
      text("app/node_modules/a/cjs/b.js", "module.exports = 1;\n"),
      text("app/node_modules/a/i.cjs", "module.exports = 1;\n"),
      text("app/main.js", 'require("a");\nrequire("a/b");\n'),
    ],
    node,
  ],
  [
    "node: a module that CommonJS imports, by Node 18",
    [
      node18,
      json("app/node_modules/a/package.json", { name: "a", type: "module", exports: "./i.js" }),
      text("app/node_modules/a/i.js", "export default 1;\n"),
      text("app/main.js", '(async () => { await import("a"); })();\n'),
    ],
    node,
  ],
  [
    "node: TypeScript as it is, by Node 22.18 and later",
    [nodeOf("22.23.3"), isModule, text("app/main.ts", "const a: number = 1;\n")],
    ["node", "main.ts"],
  ],
  ["node: a file called .ts that is CommonJS, by Node 20.11", [node20, text("app/main.ts", "console.log(1);\n")], ["node", "main.ts"]],
  [
    "node: TypeScript by an option, by Node 22.12",
    [nodeOf("22.12.0"), isModule, text("app/main.ts", "const a: number = 1;\n")],
    ["node", "--experimental-strip-types", "main.ts"],
  ],
  [
    "node: node:sqlite by an option, by Node 22.12",
    [nodeOf("22.12.0"), text("app/main.js", 'require("node:sqlite");\n')],
    ["node", "--experimental-sqlite", "main.js"],
  ],
  ["node: node:sqlite, by Node 24", [nodeOf("24.21.0"), text("app/main.js", 'require("node:sqlite");\n')], node],
  [
    "node: a program without an ending, in a package of modules",
    [file("app/bin/www", '#!/usr/bin/env node\nimport "node:fs";\n'), isModule],
    ["node", "bin/www"],
    { unrun: true },
  ],
];
