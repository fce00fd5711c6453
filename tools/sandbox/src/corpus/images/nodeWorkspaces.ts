import { imagesOf } from "../corpusImage";
import { link, tree, type Layer } from "../layer";
import { npm } from "../parts";
import { server, esm, json, serving, project } from "./nodeProject";

const hono = npm("hono@4.9.9");
const honoServer = npm("@hono/node-server@1.19.5");
/** An API of a workspace that pnpm has installed: each package has links to what it needs in the store of the whole. */
const workspace = (more: Layer = {}): Layer => ({
  "apps/api/package.json": json({ name: "api", type: "module" }),
  "apps/api/dist/main.js":
    "import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\nimport { greeting } from '@acme/shared';\nserve({ fetch: new Hono().get('/', (c) => c.text(greeting)).fetch, port: 3000 });\n",
  "packages/shared/package.json": json({ name: "@acme/shared", type: "module", exports: { ".": "./dist/index.js" } }),
  "packages/shared/dist/index.js": "export const greeting = 'hello';\n",
  ...more,
});
const store: Layer = {
  "node_modules/.pnpm/hono@4.9.9/node_modules/hono": tree(hono),
  "node_modules/.pnpm/@hono+node-server@1.19.5_hono@4.9.9/node_modules/@hono/node-server": tree(honoServer),
  "node_modules/.pnpm/@hono+node-server@1.19.5_hono@4.9.9/node_modules/hono": link("../../hono@4.9.9/node_modules/hono"),
};
const linksOfTheApi: Layer = {
  "apps/api/node_modules/hono": link("../../../node_modules/.pnpm/hono@4.9.9/node_modules/hono"),
  "apps/api/node_modules/@hono/node-server": link(
    "../../../../node_modules/.pnpm/@hono+node-server@1.19.5_hono@4.9.9/node_modules/@hono/node-server",
  ),
  "apps/api/node_modules/@acme/shared": link("../../../../packages/shared"),
};

export const nodeWorkspaces = imagesOf("interpreter's argument", {
  "workspace-of-pnpm": project(workspace({ ...store, ...linksOfTheApi }), ["node", "apps/api/dist/main.js"], serving),
  "workspace-of-pnpm-without-the-links-of-the-app": project(workspace(store), ["node", "apps/api/dist/main.js"]),
  "workspace-of-pnpm-without-its-store": project(workspace(linksOfTheApi), ["node", "apps/api/dist/main.js"]),
  "package-of-the-workspace-links-to-the-builder": project(
    {
      "package.json": json({ type: "module" }),
      "dist/main.js": `import '@acme/shared';\n${esm}`,
      "node_modules/@acme/shared": link("/workspace/packages/shared"),
    },
    ["node", "dist/main.js"],
  ),
  "pnpm-of-the-builder-alone": project({ "package.json": json({ scripts: { start: "node server.js" } }), "server.js": server }, [
    "pnpm",
    "start",
  ]),
  "bundle-of-nx-with-externals": project(
    {
      "package.json": json({ name: "api", main: "main.js" }),
      "main.js": `(()=>{var e={312:e=>{"use strict";e.exports=require("hono")},880:e=>{e.exports=require("node:http")}},t={};function r(o){var n=t[o];if(n)return n.exports;var i=t[o]={exports:{}};return e[o](i,i.exports,r),i.exports}const{Hono:o}=r(312);new o;r(880).createServer().listen(3333)})();\n`,
      "node_modules/hono": tree(hono),
    },
    ["node", "main.js"],
    { User: "1000", ...serving },
  ),
  "start-script-with-the-path-of-nx": project(
    { "package.json": json({ scripts: { "start:prod": "node dist/apps/api/main.js" } }), "dist/main.js": server },
    ["npm", "run", "start:prod"],
  ),
  "path-of-typescript-that-nobody-rewrote": project(
    { "dist/main.js": `const users = require('src/users/users.service');\n${server}`, "dist/users/users.service.js": "" },
    ["node", "dist/main"],
  ),
  "alias-of-typescript-that-nobody-rewrote": project(
    { "package.json": json({}), "dist/main.js": `const config = require('@/config');\n${server}`, "dist/config/index.js": "" },
    ["node", "dist/main.js"],
  ),
  "file-beside-it-in-other-letters": project(
    { "dist/index.js": `const logger = require('./utils/Logger');\n${server}`, "dist/utils/logger.js": "" },
    ["node", "dist/index.js"],
  ),
  "data-that-the-compiler-left-out": project(
    { "dist/index.js": `const regions = require('./regions.json');\n${server}`, "src/regions.json": "[]\n" },
    ["node", "dist/index.js"],
  ),
  "import-without-an-extension": project(
    { "package.json": json({ type: "module" }), "dist/index.js": `import './app';\n${esm}`, "dist/app.js": "export {};\n" },
    ["node", "dist/index.js"],
  ),
});
