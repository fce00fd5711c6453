import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { folder, link, script, type Layer } from "../layer";

const server = "require('http').createServer((_, answer) => answer.end('hello')).listen(process.env.PORT || 3000);\n";
const manifest = (more: object = {}) => `${JSON.stringify({ name: "web", version: "1.0.0", ...more })}\n`;
const start = manifest({ scripts: { start: "node dist/main.js" } });

/** An app in /app, as `COPY . .` after `WORKDIR /app` leaves it. */
const app = (files: Layer, Cmd: string[], more: Recipe = {}): Recipe => ({
  base: "node",
  files: Object.fromEntries(Object.entries(files).map(([path, content]) => [`app/${path}`, content])),
  WorkingDir: "/app",
  Cmd,
  ...more,
});
const serving = { serves: true } as const;

export const nodeApps = imagesOf("interpreter's argument", {
  "node-dist-not-built": app({ "package.json": start, "src/main.ts": "export {};\n" }, ["node", "dist/main.js"]),
  "node-dist-excluded-by-dockerignore": app({ "package.json": start, dist: folder() }, ["npm", "start"]),
  "node-nest-builds-to-dist-src": app({ "package.json": start, "dist/src/main.js": server }, ["node", "dist/main"]),
  "node-other-case": app({ "Server.js": server }, ["node", "server.js"]),
  "node-workdir-forgotten": app({ "server.js": server }, ["node", "server.js"], { WorkingDir: "/" }),
  "node-standalone-not-copied": app({ "package.json": manifest(), ".next/BUILD_ID": "1" }, ["node", "server.js"], { User: "node" }),
  "node-preload-missing": app({ "server.js": server }, ["node", "-r", "./tracing.js", "server.js"]),
  "node-import-missing": app({ "server.js": server }, ["node", "--import", "./instrument.mjs", "server.js"]),
  "node-options-preload-missing": app({ "server.js": server }, ["node", "server.js"], {
    Env: { NODE_OPTIONS: "--require /otel/register.js" },
  }),
  "node-env-file-missing": app({ "server.js": server }, ["node", "--env-file=.env", "server.js"]),
  "node-unreadable": app({ "server.js": { text: server, mode: 0o600 } }, ["node", "server.js"], { User: "node" }),
  "node-in-roots-folder": {
    base: "node",
    files: { "root/app/server.js": server },
    WorkingDir: "/root/app",
    User: "node",
    Cmd: ["node", "server.js"],
  },
  "node-unknown-option": app({ "server.js": server }, ["node", "--max-old-space=512", "server.js"]),
  "node-entry-point-and-command-twice": app({ "server.js": server }, ["node", "server.js"], { Entrypoint: ["node"] }),
  "npm-without-package-json": app({ "server.js": server }, ["npm", "run", "start"]),
  "npm-without-the-script": app({ "package.json": manifest(), "index.js": server }, ["npm", "run", "start:prod"]),
  "npm-start-without-script-and-server": app({ "package.json": manifest(), "index.js": server }, ["npm", "start"]),
  "npm-script-without-its-program": app({ "package.json": manifest({ scripts: { start: "nest start" } }) }, ["npm", "start"]),
  "npm-in-another-folder": app({ "web/package.json": start, "web/dist/main.js": server }, ["npm", "start"]),
  "pnpm-not-enabled": app({ "package.json": start, "dist/main.js": server }, ["pnpm", "start"], { Entrypoint: [] }),
  "npm-package-json-broken": app({ "package.json": '{ "name": "web", }\n' }, ["npm", "start"]),
  "shell-form-node-missing-file": app({ "package.json": start }, shellForm("node dist/server.js")),

  "node-server": app({ "server.js": server }, ["node", "server.js"], serving),
  "node-as-entry-point": app({ "server.js": server }, ["server.js"], { Entrypoint: ["node"], ...serving }),
  "node-without-extension": app({ "dist/main.js": server }, ["node", "dist/main"], serving),
  "node-a-folder": app({ "dist/index.js": server }, ["node", "dist"], serving),
  "node-the-package-itself": app({ "package.json": manifest({ main: "lib/web.js" }), "lib/web.js": server }, ["node", "."], serving),
  "node-absolute": app({ "server.js": server }, ["node", "/app/server.js"], { WorkingDir: "/", ...serving }),
  "node-with-options": app(
    { "dist/main.js": server },
    ["node", "--enable-source-maps", "--max-old-space-size=512", "dist/main.js"],
    serving,
  ),
  "node-with-a-preload": app({ "server.js": server, "tracing.js": "" }, ["node", "-r", "./tracing.js", "server.js"], serving),
  "node-preload-from-node-modules": app(
    { "server.js": server, "node_modules/dotenv/config.js": "", "node_modules/dotenv/package.json": manifest() },
    ["node", "--require", "dotenv/config", "server.js"],
    serving,
  ),
  "node-env-file-if-it-exists": app({ "server.js": server }, ["node", "--env-file-if-exists=.env", "server.js"], serving),
  "node-eval": app({}, ["node", "-e", "console.log(1)"]),
  "node-print": app({}, ["node", "-p", "process.version"]),
  "node-esm": app({ "server.mjs": "import http from 'node:http';\nhttp.createServer().listen(3000);\n" }, ["node", "server.mjs"], serving),
  "node-types-stripped": app({ "server.ts": "const port: number = 3000;\nprocess.stdout.write(`${port}`);\n" }, ["node", "server.ts"]),
  "node-behind-a-link": app({ "releases/1/server.js": server, current: link("releases/1") }, ["node", "current/server.js"], serving),
  "node-arguments-after-the-script": app({ "server.js": server }, ["node", "server.js", "--config", "missing.json"], serving),
  "node-inspect": app({ "server.js": server }, ["node", "--inspect=127.0.0.1:9229", "server.js"], serving),
  "node-of-a-user": app({ "server.js": server }, ["node", "server.js"], { User: "1000:1000", ...serving }),
  "npm-start": app({ "package.json": start, "dist/main.js": server }, ["npm", "start"], serving),
  "npm-start-with-server-js": app({ "package.json": manifest(), "server.js": server }, ["npm", "start"], serving),
  "npm-run-with-arguments": app({ "package.json": start, "dist/main.js": server }, ["npm", "run", "start", "--", "--port", "80"], serving),
  "npm-prefix": app({ "web/package.json": start, "web/dist/main.js": server }, ["npm", "--prefix", "web", "start"], serving),
  "npm-if-present": app({ "package.json": manifest() }, ["npm", "run", "migrate", "--if-present"]),
  "npm-script-of-node-modules": app(
    { "package.json": manifest({ scripts: { start: "serve" } }), "node_modules/.bin/serve": script(`#!/usr/bin/env node\n${server}`) },
    ["npm", "start"],
    serving,
  ),
  "npm-script-with-variables": app(
    { "package.json": manifest({ scripts: { start: "NODE_ENV=production node dist/main.js" } }), "dist/main.js": server },
    ["npm", "start"],
    serving,
  ),
  "npx-of-node-modules": app(
    { "package.json": manifest(), "node_modules/.bin/serve": script(`#!/usr/bin/env node\n${server}`) },
    ["npx", "serve"],
    serving,
  ),
  "shell-form-node": app({ "server.js": server }, shellForm("node server.js"), serving),
  "shell-form-migrations-then-node": app(
    { "migrate.js": "", "server.js": server },
    shellForm("node migrate.js && exec node server.js"),
    serving,
  ),
});
