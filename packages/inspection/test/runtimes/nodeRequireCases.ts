import { json, text, type Dies, type Lives } from "./runtimeCase";

const node = ["node", "main.js"];
const isModule = json("app/package.json", { type: "module" });
const create = 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\n';

/** Modules that make a `require` of their own. */
export const nodeRequireDies: Dies[] = [
  [
    "node: a package that a module requires by a require of its own",
    "FL2143",
    [isModule, text("app/main.js", `${create}const a = require("nowhere");\n`)],
    node,
  ],
  [
    "node: a file that a module requires by a require of its own",
    "FL2143",
    [isModule, text("app/main.js", `${create}const { version } = require("../package.json");\n`)],
    node,
  ],
  [
    "node: an import beside a require of its own",
    "FL2143",
    [isModule, text("app/main.js", `${create}import "nowhere";\nconst fs = require("node:fs");\n`)],
    node,
  ],
  [
    "node: exports beside a require of its own",
    "FL2147",
    [isModule, text("app/main.js", `${create}const fs = require("node:fs");\nexports.a = 1;\n`)],
    node,
  ],
];

export const nodeRequireLives: Lives[] = [
  [
    "node: a require of a module's own, that finds all",
    [
      isModule,
      text("app/main.js", `${create}require("./package.json");\nrequire("./lib");\nrequire("fs");\n`),
      text("app/lib/index.json", "{}"),
    ],
    node,
  ],
  [
    "node: a require of a module's own, from another folder",
    [
      isModule,
      text("app/other/node_modules/a/index.js", ""),
      text(
        "app/main.js",
        'import { createRequire } from "module";\nconst require = createRequire(new URL("./other/x.js", import.meta.url));\nrequire("a");\n',
      ),
    ],
    node,
  ],
  [
    "node: a require of a module's own, that it extends",
    [
      isModule,
      text("app/main.js", `${create}require.extensions[".x"] = (m) => { m.exports = 1; };\nrequire("./a.x");\nrequire("./a");\n`),
      text("app/a.x", ""),
    ],
    node,
  ],
  [
    "node: a require of a module's own, in try and in a function",
    [isModule, text("app/main.js", `${create}try { require("nowhere"); } catch {}\nexport const a = () => require("nowhere");\n`)],
    node,
  ],
  [
    "node: a global that a file makes of a require",
    [
      isModule,
      text("app/globals.js", "globalThis.__dirname = import.meta.dirname;\n"),
      text("app/main.js", 'import "./globals.js";\nconsole.log(`${__dirname}`);\n'),
    ],
    node,
  ],
];
