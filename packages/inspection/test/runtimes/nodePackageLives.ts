import { folder } from "../../testing/testImage";
import { json, text, type Lives } from "./runtimeCase";

const node = ["node", "main.js"];
const asModule = json("app/package.json", { type: "module" });
const packed = (name: string, more: object) => json(`app/node_modules/${name}/package.json`, { name, version: "1.0.0", ...more });
const asUser = { user: "1000" };
const closed = (name: string) => ({ ...text(name, ""), mode: 0o600 });

/** What is easily taken for a package that leads nowhere, or that may not be read. */
export const nodePackageLives: Lives[] = [
  [
    "node: exports with conditions, lists of none, and stars",
    [
      asModule,
      packed("a", {
        exports: {
          ".": {
            browser: "./gone.js",
            development: "./gone.js",
            import: { types: "./gone.d.ts", default: "./esm.js" },
            require: "./gone.cjs",
          },
          "./features/*.js": "./src/*.js",
          "./features/private/*": null,
          "./package.json": "./package.json",
        },
      }),
      text("app/node_modules/a/esm.js", ""),
      text("app/node_modules/a/src/x/y.js", ""),
      text("app/main.js", 'import "a";\nimport "a/features/x/y.js";\n'),
    ],
    node,
  ],
  [
    "node: exports as a list",
    [packed("a", { exports: ["not-valid", "./i.js"] }), text("app/node_modules/a/i.js", ""), text("app/main.js", 'require("a");\n')],
    node,
  ],
  [
    "node: exports whose first condition that is met leads on",
    [
      packed("a", { exports: { node: { import: "./gone.mjs" }, default: "./i.js" } }),
      text("app/node_modules/a/i.js", ""),
      text("app/main.js", 'require("a");\n'),
    ],
    node,
  ],
  [
    "node: exports that are null",
    [packed("a", { exports: null }), text("app/node_modules/a/index.js", ""), text("app/main.js", 'require("a");\n')],
    node,
  ],
  [
    "node: conditions of one's own",
    [
      packed("a", { exports: { ".": { acme: "./i.js", default: "./gone.js" } } }),
      text("app/node_modules/a/i.js", ""),
      text("app/main.js", 'require("a");\n'),
    ],
    ["node", "--conditions=acme", "main.js"],
  ],
  [
    "node: conditions of one's own, by a variable",
    [
      packed("a", { exports: { ".": { acme: "./i.js", default: "./gone.js" } } }),
      text("app/node_modules/a/i.js", ""),
      text("app/main.js", 'require("a");\n'),
    ],
    node,
    { environment: ["NODE_OPTIONS=-C acme"] },
  ],
  [
    "node: a main that leads to a folder, and one without extension",
    [
      packed("a", { main: "./lib" }),
      text("app/node_modules/a/lib/index.js", ""),
      packed("b", { main: "lib/b" }),
      text("app/node_modules/b/lib/b.js", ""),
      text("app/main.js", 'require("a");\nrequire("b");\n'),
    ],
    node,
  ],
  [
    "node: a main that is not there, beside an index.js",
    [asModule, packed("a", { main: "gone.js" }), text("app/node_modules/a/index.js", ""), text("app/main.js", 'import "a";\n')],
    node,
  ],
  [
    "node: parts of a package, by folder and without extension",
    [
      packed("a", {}),
      text("app/node_modules/a/lib/x.js", ""),
      text("app/node_modules/a/y/index.js", ""),
      text("app/main.js", 'require("a/lib/x");\nrequire("a/y");\nrequire("a/package.json");\n'),
    ],
    node,
  ],
  [
    "node: a part with a package.json of its own",
    [
      packed("a", {}),
      json("app/node_modules/a/fp/package.json", { main: "../lib/fp.js" }),
      text("app/node_modules/a/lib/fp.js", ""),
      text("app/main.js", 'require("a/fp");\n'),
    ],
    node,
  ],
  [
    "node: a package nearer that has nothing, and one further away",
    [text("app/node_modules/a/README.md", ""), text("node_modules/a/index.js", ""), text("app/main.js", 'require("a");\n')],
    node,
  ],
  [
    "node: its own name, in front of a package of that name",
    [
      json("app/package.json", { name: "me", exports: "./lib.js" }),
      text("app/lib.js", ""),
      json("app/node_modules/me/package.json", { name: "me", main: "gone.js" }),
      text("app/main.js", 'require("me");\n'),
    ],
    node,
  ],
  [
    "node: imports of package.json that lead to packages and Node's own",
    [
      json("app/package.json", {
        type: "module",
        imports: { "#a": "a", "#fs": { node: "fs", default: "./gone.js" }, "#lib/*": "./lib/*.js" },
      }),
      packed("a", { main: "i.js" }),
      text("app/node_modules/a/i.js", ""),
      text("app/lib/x.js", ""),
      text("app/main.js", 'import "#a";\nimport "#fs";\nimport "#lib/x";\n'),
    ],
    node,
  ],
  [
    "node: package.json of a folder, in front of the program's",
    [
      json("app/package.json", { imports: { "#x": "./gone.js" } }),
      json("app/dist/package.json", { imports: { "#x": "./x.js" } }),
      text("app/dist/x.js", ""),
      text("app/dist/main.js", 'require("#x");\n'),
    ],
    ["node", "dist/main.js"],
  ],
  [
    "node: root's module, run as root",
    [text("app/main.js", 'require("./db");\nrequire("./lib/x");\n'), closed("app/db.js"), folder("app/lib", 0o700), closed("app/lib/x.js")],
    node,
  ],
  [
    "node: a module that its group may read",
    [text("app/main.js", 'require("./db");\n'), { ...text("app/db.js", ""), mode: 0o640, gid: 1000 }],
    node,
    { user: "1000:1000" },
  ],
  [
    "node: a folder that may be entered and not listed",
    [text("app/main.js", 'require("./lib/db");\n'), folder("app/lib", 0o711), text("app/lib/db.js", "")],
    node,
    asUser,
  ],
  [
    "node: a closed folder beside a file of its name",
    [text("app/main.js", 'require("./lib");\n'), folder("app/lib", 0o700), text("app/lib.js", "")],
    node,
    asUser,
  ],
  [
    "node: a package in root's home, and the one that is taken",
    [
      folder("root", 0o700),
      text("root/.node_modules/a/index.js", ""),
      text("app/node_modules/a/index.js", ""),
      text("app/main.js", 'require("a");\n'),
    ],
    node,
    asUser,
  ],
  [
    "node: a package in the closed folder of another one that is further away",
    [
      folder("app/lib/node_modules", 0o700),
      text("app/lib/node_modules/a/index.js", ""),
      text("app/node_modules/a/index.js", ""),
      text("app/lib/main.js", 'require("a");\n'),
    ],
    ["node", "lib/main.js"],
    asUser,
  ],
];
