import { folder, link } from "../../testing/testImage";
import { json, text, type Dies } from "./runtimeCase";

const node = ["node", "main.js"];
const asModule = json("app/package.json", { type: "module" });
const packed = (name: string, more: object) => json(`app/node_modules/${name}/package.json`, { name, version: "1.0.0", ...more });
const asUser = { user: "1000" };
const closed = (name: string) => ({ ...text(name, ""), mode: 0o600 });

/** What packages, and package.json, say of the files that they are begun with. */
export const nodePackageDies: Dies[] = [
  [
    "node: a workspace's package that was not built",
    "FL2143",
    [
      json("app/packages/db/package.json", { name: "@acme/db", main: "dist/index.js" }),
      text("app/packages/db/src/index.ts", ""),
      link("app/node_modules/@acme/db", "../../packages/db"),
      text("app/main.js", 'require("@acme/db");\n'),
    ],
    node,
  ],
  [
    "node: exports that lead to what was not built",
    "FL2143",
    [asModule, packed("a", { exports: { ".": { types: "./x.d.ts", import: "./dist/index.js" } } }), text("app/main.js", 'import "a";\n')],
    node,
  ],
  ["node: exports as a text", "FL2143", [packed("a", { exports: "./dist/index.js" }), text("app/main.js", 'require("a");\n')], node],
  [
    "node: a part that exports leave out",
    "FL2143",
    [packed("a", { exports: { ".": "./i.js" } }), text("app/node_modules/a/lib/x.js", ""), text("app/main.js", 'require("a/lib/x");\n')],
    node,
  ],
  [
    "node: a part that exports forbid",
    "FL2143",
    [
      packed("a", { exports: { "./*": "./*.js", "./internal/*": null } }),
      text("app/node_modules/a/internal/x.js", ""),
      text("app/main.js", 'require("a/internal/x");\n'),
    ],
    node,
  ],
  [
    "node: a package for imports alone that is required",
    "FL2143",
    [packed("a", { exports: { ".": { import: "./i.js" } } }), text("app/node_modules/a/i.js", ""), text("app/main.js", 'require("a");\n')],
    node,
  ],
  [
    "node: exports with a star that lead to what is not there",
    "FL2143",
    [
      packed("a", { exports: { "./*": "./dist/*.js" } }),
      text("app/node_modules/a/dist/y.js", ""),
      text("app/main.js", 'require("a/x");\n'),
    ],
    node,
  ],
  [
    "node: a part of a package, imported without its extension",
    "FL2143",
    [asModule, packed("a", {}), text("app/node_modules/a/fp.js", ""), text("app/main.js", 'import "a/fp";\n')],
    node,
  ],
  [
    "node: a part of a package that is not there",
    "FL2143",
    [packed("a", {}), text("app/node_modules/a/index.js", ""), text("app/main.js", 'require("a/lib/x");\n')],
    node,
  ],
  [
    "node: imports of package.json that lead to what is not there",
    "FL2143",
    [json("app/package.json", { imports: { "#db": "./dist/db.js" } }), text("app/src/db.ts", ""), text("app/main.js", 'require("#db");\n')],
    node,
  ],
  [
    "node: imports with a star that lead to what is not there",
    "FL2143",
    [json("app/package.json", { type: "module", imports: { "#*": "./src/*" } }), text("app/main.js", 'import "#db.js";\n')],
    node,
  ],
  ["node: imports without package.json", "FL2143", [text("app/dist/main.js", 'require("#db");\n')], ["node", "dist/main.js"]],
  [
    "node: imports that package.json doesn't have",
    "FL2143",
    [json("app/package.json", { imports: { "#a": "./a.js" } }), text("app/main.js", 'require("#db");\n')],
    node,
  ],
  ["node: root's module, run as another", "FL2141", [text("app/main.js", 'require("./db");\n'), closed("app/db.js")], node, asUser],
  [
    "node: root's module, imported by another",
    "FL2141",
    [text("app/main.mjs", 'import "./db.js";\n'), closed("app/db.js")],
    ["node", "main.mjs"],
    asUser,
  ],
  [
    "node: a module in root's folder, run as another",
    "FL2141",
    [text("app/main.js", 'require("./lib/db");\n'), folder("app/lib", 0o700), text("app/lib/db.js", "")],
    node,
    asUser,
  ],
  [
    "node: node_modules that is root's alone",
    "FL2141",
    [text("app/main.js", 'require("a");\n'), folder("app/node_modules", 0o700), text("app/node_modules/a/index.js", "")],
    node,
    asUser,
  ],
  [
    "node: a package that is root's alone",
    "FL2141",
    [text("app/main.js", 'require("a");\n'), folder("app/node_modules/a", 0o700), packed("a", {}), text("app/node_modules/a/index.js", "")],
    node,
    asUser,
  ],
  [
    "node: a package's file that is root's alone",
    "FL2141",
    [text("app/main.js", 'require("a");\n'), packed("a", { main: "lib" }), closed("app/node_modules/a/lib/index.js")],
    node,
    asUser,
  ],
  [
    "node: a file to be loaded first that is root's alone",
    "FL2141",
    [text("app/main.js", ""), closed("app/tracing.js")],
    ["node", "-r", "./tracing.js", "main.js"],
    asUser,
  ],
];
