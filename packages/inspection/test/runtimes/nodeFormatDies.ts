import { json, nodeOf, text, type Dies } from "./runtimeCase";

const node = ["node", "main.js"];
const isModule = json("app/package.json", { type: "module" });
const isCommonjs = json("app/package.json", { type: "commonjs" });
const [node18, node20, node22] = [nodeOf("18.20.8"), nodeOf("20.11.1"), nodeOf("22.5.1")];
const packed = (more: object) => json("app/node_modules/a/package.json", { name: "a", ...more });
const server = 'import { createServer } from "node:http";\ncreateServer().listen(3000);\n';
const compiled = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.a = void 0;\n';

/** Modules, CommonJS, and versions that take the one or the other. */
export const nodeFormatDies: Dies[] = [
  ["node: a module, and package.json that was not copied, by Node 18", "FL2147", [node18, text("app/main.js", server)], node],
  ["node: a module without a type, by Node 20.11", "FL2147", [node20, json("app/package.json", {}), text("app/main.js", server)], node],
  ["node: a module without a type, by Node 22.5", "FL2147", [node22, json("app/package.json", {}), text("app/main.js", server)], node],
  ["node: a module that package.json calls CommonJS", "FL2147", [isCommonjs, text("app/main.js", server)], node],
  ["node: a module that ends in .cjs", "FL2147", [isModule, text("app/main.cjs", server)], ["node", "main.cjs"]],
  [
    "node: a module among files that package.json calls CommonJS",
    "FL2147",
    [isCommonjs, text("app/main.js", 'require("./lib/db");\n'), text("app/lib/db.js", "export const db = 1;\n")],
    node,
  ],
  ["node: what waits at the top, as CommonJS", "FL2147", [isCommonjs, text("app/main.js", "await Promise.resolve();\n")], node],
  ["node: what TypeScript compiled to CommonJS, as a module", "FL2147", [isModule, text("app/main.js", compiled)], node],
  [
    "node: require in a module",
    "FL2147",
    [isModule, text("app/main.js", 'const http = require("node:http");\nhttp.createServer();\n')],
    node,
  ],
  [
    "node: require behind an import",
    "FL2147",
    [isModule, text("app/main.js", 'import fs from "node:fs";\nconst http = require("node:http");\n')],
    node,
  ],
  ["node: module.exports in a module", "FL2147", [isModule, text("app/main.js", "module.exports = { a: 1 };\n")], node],
  [
    "node: __dirname in a module",
    "FL2147",
    [isModule, text("app/main.js", 'import { join } from "node:path";\nconst views = join(__dirname, "views");\n')],
    node,
  ],
  [
    "node: __dirname in a text of a module",
    "FL2147",
    [text("app/main.mjs", "const options = { path: `${__dirname}/.env` };\n")],
    ["node", "main.mjs"],
  ],
  ["node: require.main in a module", "FL2147", [isModule, text("app/main.js", "if (require.main === module) console.log(1);\n")], node],
  [
    "node: CommonJS that a module imports, and its package calls a module",
    "FL2147",
    [isModule, text("app/main.js", 'import "./lib.js";\n'), text("app/lib.js", 'exports.a = require("node:fs");\n')],
    node,
  ],
  [
    "node: a package that is a module, required by Node 18",
    "FL2147",
    [
      node18,
      packed({ type: "module", exports: "./i.js" }),
      text("app/node_modules/a/i.js", "export default 1;\n"),
      text("app/main.js", 'require("a");\n'),
    ],
    node,
  ],
  [
    "node: a package whose main ends in .mjs, required by Node 20.11",
    "FL2147",
    [node20, packed({ main: "i.mjs" }), text("app/node_modules/a/i.mjs", "export default 1;\n"), text("app/main.js", 'require("a");\n')],
    node,
  ],
  [
    "node: a module of the program's own, required by Node 22.5",
    "FL2147",
    [node22, text("app/db.mjs", "export default 1;\n"), text("app/main.js", 'require("./db.mjs");\n')],
    node,
  ],
  [
    "node: TypeScript as it is, by Node 20.11",
    "FL2147",
    [node20, isModule, text("app/src/main.ts", "const port: number = 1;\n")],
    ["node", "src/main.ts"],
  ],
  [
    "node: TypeScript as it is and without a type, by Node 20.11",
    "FL2147",
    [node20, text("app/src/main.ts", "const port: number = 1;\n")],
    ["node", "src/main.ts"],
  ],
  [
    "node: TypeScript with imports, by Node 20.19",
    "FL2147",
    [nodeOf("20.19.0"), json("app/package.json", {}), text("app/src/main.ts", 'import fs from "node:fs";\n')],
    ["node", "src/main.ts"],
  ],
  ["node: TypeScript as it is, by Node 22.12", "FL2147", [nodeOf("22.12.0"), text("app/main.mts", "export {};\n")], ["node", "main.mts"]],
  ["node: node:sqlite, by Node 20", "FL2147", [node20, text("app/main.js", 'require("node:sqlite");\n')], node],
  [
    "node: node:sqlite, imported by Node 22.12",
    "FL2147",
    [nodeOf("22.12.0"), text("app/main.mjs", 'import { DatabaseSync } from "node:sqlite";\n')],
    ["node", "main.mjs"],
  ],
  [
    "node: a module that is awaited and not there",
    "FL2143",
    [isModule, text("app/main.js", 'const { app } = await import("./app.js");\n')],
    node,
  ],
  [
    "node: a package that is awaited and not installed",
    "FL2143",
    [isModule, text("app/main.js", 'import "node:fs";\nexport const a = (await import("nowhere")).default;\n')],
    node,
  ],
];
