import { file, folder, link } from "../../testing/testImage";
import { json, text, type Dies } from "./runtimeCase";

export const nodeDies: Dies[] = [
  [
    "node: a package behind a handler that would end it",
    "FL2143",
    [text("app/main.js", "process.on('SIGTERM', () => process.exit(0));\nrequire('missing');\n")],
    ["node", "main.js"],
  ],
  ["node: an entry that is not there", "FL2140", [], ["node", "dist/main.js"]],
  ["node: an entry without extension", "FL2140", [folder("app/dist")], ["node", "dist/main"]],
  [
    "node: an entry behind options",
    "FL2140",
    [],
    ["node", "--enable-source-maps", "--max-old-space-size=512", "--conditions", "production", "dist/main.js"],
  ],
  ["node: an entry in another case", "FL2140", [text("app/Server.js", "")], ["node", "server.js"]],
  ["node: a folder without index.js", "FL2140", [folder("app/dist")], ["node", "dist"]],
  ["node: a folder whose main is not there", "FL2140", [json("app/package.json", { main: "dist/index.js" })], ["node", "."]],
  ["node: TypeScript that nobody compiled", "FL2140", [text("app/src/index.ts", "")], ["node", "src/index.js"]],
  ["node: a link that leads nowhere", "FL2140", [link("app/server.js", "/srv/server.js")], ["node", "server.js"]],
  ["node: root's entry, run as another", "FL2141", [file("app/server.js", "", 0o600)], ["node", "server.js"], { user: "1000" }],
  [
    "node: an entry in root's folder, run as another",
    "FL2141",
    [folder("app/dist", 0o700), text("app/dist/main.js", "")],
    ["node", "dist/main.js"],
    { user: "1000" },
  ],
  ["node: a file of variables", "FL2140", [text("app/server.js", "")], ["node", "--env-file=.env", "server.js"]],
  ["node: a module to be loaded first", "FL2143", [text("app/server.js", "")], ["node", "-r", "dotenv/config", "server.js"]],
  ["node: a file to be loaded first", "FL2143", [text("app/server.js", "")], ["node", "--require", "./tracing.js", "server.js"]],
  [
    "node: a module that NODE_OPTIONS loads first",
    "FL2143",
    [text("app/server.js", "")],
    ["node", "server.js"],
    { environment: ["NODE_OPTIONS=--require dd-trace/init"] },
  ],
  [
    "node: no node_modules",
    "FL2143",
    [text("app/server.js", 'const express = require("express");\nexpress().listen(80);\n')],
    ["node", "server.js"],
  ],
  [
    "node: one package that is not there",
    "FL2143",
    [text("app/server.js", '"use strict";\nconst a = require("a");\nconst b = require("b");\n'), text("app/node_modules/a/index.js", "")],
    ["node", "server.js"],
  ],
  [
    "node: what TypeScript makes of imports",
    "FL2143",
    [
      text(
        "app/dist/main.js",
        '"use strict";\nvar __importDefault = (this && this.__importDefault) || function (m) { return m; };\nObject.defineProperty(exports, "__esModule", { value: true });\nconst express_1 = __importDefault(require("express"));\n',
      ),
    ],
    ["node", "dist/main.js"],
  ],
  [
    "node: a package that a file of the program's loads",
    "FL2143",
    [text("app/server.js", 'require("./lib/routes");\n'), text("app/lib/routes/index.js", 'module.exports = require("lodash");\n')],
    ["node", "server.js"],
  ],
  [
    "node: a file of the program's in another case",
    "FL2143",
    [text("app/server.js", 'require("./Routes");\n'), text("app/routes.js", "")],
    ["node", "server.js"],
  ],
  [
    "node: a file of the program's that is not there",
    "FL2143",
    [text("app/server.js", 'require("./config.json");\n')],
    ["node", "server.js"],
  ],
  [
    "node: an import of a module",
    "FL2143",
    [json("app/package.json", { type: "module" }), text("app/server.js", 'import express from "express";\nexpress();\n')],
    ["node", "server.js"],
  ],
  [
    "node: an import without extension",
    "FL2143",
    [text("app/server.mjs", 'import "./routes";\n'), text("app/routes.js", "")],
    ["node", "server.mjs"],
  ],
  [
    "node: an import that stands last",
    "FL2143",
    [
      text(
        "app/server.mjs",
        'if (process.argv.length > 9) process.exit();\ntry { console.log(1); } catch {}\nexport { a } from "nowhere";\n',
      ),
    ],
    ["node", "server.mjs"],
  ],
  [
    "node: a link of a workspace that was not copied",
    "FL2143",
    [text("app/server.js", 'require("@acme/shared");\n'), link("app/node_modules/@acme/shared", "../../packages/shared")],
    ["node", "server.js"],
  ],
  [
    "node: a link of pnpm's whose store was not copied",
    "FL2143",
    [text("app/server.js", 'require("express");\n'), link("app/node_modules/express", ".pnpm/express@4/node_modules/express")],
    ["node", "server.js"],
  ],
  ["a script of Node's by its name", "FL2143", [file("app/cli.js", '#!/usr/bin/env node\nrequire("commander");\n')], ["/app/cli.js"]],
  [
    "node: a package that is not installed, beside files that the program makes",
    "FL2143",
    [text("app/main.js", 'const fs = require("fs");\nfs.mkdirSync("/app/uploads", { recursive: true });\nrequire("express");\n')],
    ["node", "main.js"],
  ],
  [
    "node: what a module imports before it makes anything",
    "FL2143",
    [text("app/main.mjs", 'import "./made.mjs";\nimport { writeFileSync } from "node:fs";\nwriteFileSync("/app/made.mjs", "");\n')],
    ["node", "main.mjs"],
  ],
  [
    "node: a package that is not installed, and members of members of members",
    "FL2143",
    [
      text("app/main.js", 'require("./deep");\nrequire("nowhere");\n'),
      text("app/deep.js", `const a = new Proxy({}, { get: () => a });\na${".b".repeat(30_000)};\n`),
    ],
    ["node", "main.js"],
    { unrun: true },
  ],
];
