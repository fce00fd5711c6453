import { json, text, type Dies, type Lives } from "./runtimeCase";

const node = ["node", "dist/main.js"];
const express = [json("app/node_modules/express/package.json", { main: "i.js" }), text("app/node_modules/express/i.js", "")];
const prisma = [
  json("app/node_modules/@prisma/client/package.json", { name: "@prisma/client", main: "default.js" }),
  text("app/node_modules/@prisma/client/default.js", "module.exports = {\n  ...require('.prisma/client/default'),\n};\n"),
  text("app/dist/main.js", 'const { PrismaClient } = require("@prisma/client");\n'),
];

/** Names that a compiler was to rewrite, and what a generator was to make. */
export const nodeAliasDies: Dies[] = [
  [
    "node: an alias of the source folder's",
    "FL2143",
    [text("app/dist/main.js", 'require("@/config");\n'), text("app/dist/config.js", "")],
    node,
  ],
  [
    "node: a path from the project's root, behind a package that is known",
    "FL2143",
    [...express, text("app/dist/main.js", 'require("express");\nrequire("src/users");\n'), text("app/dist/users.js", "")],
    node,
  ],
  [
    "node: an alias that a module imports",
    "FL2143",
    [json("app/package.json", { type: "module" }), text("app/dist/main.js", 'import { a } from "@/config";\n')],
    node,
  ],
  ["node: an alias with a tilde", "FL2143", [text("app/dist/main.js", 'require("~/config");\n')], node],
  ["node: Prisma's client that was not generated", "FL2143", prisma, node],
  ["node: Prisma's client of which the folder alone is there", "FL2143", [...prisma, text("app/node_modules/.prisma/README.md", "")], node],
];

export const nodeAliasLives: Lives[] = [
  ["node: Prisma's client", [...prisma, text("app/node_modules/.prisma/client/default.js", "")], node],
  ["node: Prisma's client, further up", [...prisma, text("node_modules/.prisma/client/default.js", "")], node],
  [
    "node: a folder of NODE_PATH that is called as an alias is",
    [text("app/dist/main.js", 'require("src/users");\n'), text("app/src/users.js", "")],
    node,
    { environment: ["NODE_PATH=/app"] },
  ],
  [
    "node: a workspace that is called as an alias is",
    [
      text("app/dist/main.js", 'require("shared");\nrequire("@/config");\n'),
      text("app/node_modules/shared/index.js", ""),
      text("app/node_modules/@/config/index.js", ""),
    ],
    node,
  ],
];

/** Told alone: a package that isn't known may know the alias. */
export const nodeAliasPerhaps: Dies[] = [
  [
    "node: an alias that a package may know",
    "FL2143",
    [
      text(
        "app/node_modules/boot/index.js",
        'const M = require("module"); const old = M._resolveFilename; M._resolveFilename = (r, ...x) => old(r === "@/config" ? "/app/dist/config.js" : r, ...x);\n',
      ),
      text("app/dist/main.js", 'require("boot");\nrequire("@/config");\n'),
      text("app/dist/config.js", ""),
    ],
    node,
  ],
];
