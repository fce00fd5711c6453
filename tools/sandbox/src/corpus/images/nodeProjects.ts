import { beyond } from "../classes";
import { imagesOf, shellForm } from "../corpusImage";
import { link, program, script, tree, type Layer } from "../layer";
import { debian, npm } from "../parts";
import { server, esm, json, serving, project } from "./nodeProject";

/** Packages as npm lays them out. */
const installed = (...names: string[]): Layer =>
  Object.fromEntries(names.map((name) => [`node_modules/${name.slice(0, name.lastIndexOf("@"))}`, tree(npm(name))]));

/** Programs of a framework, as npm links them. */
const programOf = (name: string, file: string, text: string): Layer => ({
  [`node_modules/${name}/package.json`]: json({ name, version: "1.0.0" }),
  [`node_modules/${name}/${file}`]: script(`#!/usr/bin/env node\n${text}`),
});
const tsx: Layer = installed("tsx@4.20.6", "get-tsconfig@4.10.1", "resolve-pkg-maps@1.0.0", "esbuild@0.28.2", "@esbuild/linux-x64@0.28.2");
const typed =
  "import { createServer, type Server } from 'node:http';\nenum Port { Web = 3000 }\nconst server: Server = createServer();\nserver.listen(Port.Web);\n";
const postgres = installed(
  ...["pg@8.16.3", "pg-connection-string@2.9.1", "pg-pool@3.10.1", "pg-protocol@1.10.3", "pg-types@2.2.0", "pgpass@1.0.5", "split2@4.2.0"],
  ...["pg-int8@1.0.1", "postgres-array@2.0.0", "postgres-bytea@1.0.0", "postgres-date@1.0.7", "postgres-interval@1.2.0", "xtend@4.0.2"],
);

export const nodeProjects = [
  ...imagesOf("interpreter's argument", {
    "remix-serve-of-npm-start": project(
      {
        "package.json": json({ type: "module", scripts: { start: "remix-serve ./build/server/index.js" } }),
        "build/server/index.js": "export const routes = {};\n",
        "node_modules/.bin/remix-serve": link("../@remix-run/serve/dist/cli.js"),
        ...programOf("@remix-run/serve", "dist/cli.js", `import(require('path').resolve(process.argv[2]));\n${server}`),
      },
      ["npm", "run", "start"],
      { Env: { NODE_ENV: "production" }, ...serving },
    ),
    "astro-standalone": project(
      {
        "package.json": json({ type: "module" }),
        "dist/server/entry.mjs":
          "import { start } from './chunks/node_B2x.mjs';\nconst page = () => import('./pages/index.astro.mjs');\nstart(page);\n",
        "dist/server/chunks/node_B2x.mjs": `${esm}export const start = (page) => page().then(({ renderers }) => renderers);\n`,
        "dist/server/pages/index.astro.mjs": "export const renderers = [];\n",
      },
      ["node", "./dist/server/entry.mjs"],
      { Env: { HOST: "0.0.0.0", PORT: "4321" }, ...serving },
    ),
    "sveltekit-build-folder": project(
      {
        "package.json": json({ type: "module" }),
        "build/index.js":
          "import { handler } from './handler.js';\nimport { createServer } from 'node:http';\ncreateServer(handler).listen(3000);\n",
        "build/handler.js": "import './shims.js';\nexport const handler = (_, answer) => answer.end('ok');\n",
        "build/shims.js": "import { webcrypto } from 'node:crypto';\nglobalThis.crypto ??= webcrypto;\n",
      },
      ["node", "build"],
      { User: "node", ...serving },
    ),
    "nuxt-output": project(
      {
        ".output/server/index.mjs": "import { use } from './chunks/nitro.mjs';\nimport 'hookable';\nuse();\n",
        ".output/server/chunks/nitro.mjs": `${esm}export const use = () => {};\n`,
        ".output/server/node_modules/hookable/package.json": json({ name: "hookable", exports: { import: "./dist/index.mjs" } }),
        ".output/server/node_modules/hookable/dist/index.mjs": "export {};\n",
      },
      ["node", ".output/server/index.mjs"],
      serving,
    ),
    "tsx-in-production": project(
      { "package.json": json({}), "src/index.ts": typed, ...tsx, "node_modules/.bin/tsx": link("../tsx/dist/cli.mjs") },
      ["npx", "tsx", "src/index.ts"],
      serving,
    ),
    "tsx-as-an-import": project(
      { "package.json": json({ type: "module" }), "src/index.ts": typed, ...tsx },
      ["node", "--import", "tsx", "src/index.ts"],
      serving,
    ),
    "modules-above-the-folder-of-the-app": {
      base: "node",
      files: {
        "opt/shop/node_modules/web/index.js": "exports.start = () => {\n  " + server + "};\n",
        "opt/shop/app/bin/www": "#!/usr/bin/env node\nrequire('web').start();\n",
      },
      WorkingDir: "/opt/shop/app",
      Env: { PATH: "/opt/shop/node_modules/.bin:/usr/local/bin:/usr/bin:/bin", NODE_ENV: "production" },
      Cmd: ["node", "./bin/www"],
      ...serving,
    },
    "module-syntax-without-a-type": project(
      { "package.json": json({ name: "shop" }), "dist/index.js": esm },
      ["node", "dist/index.js"],
      serving,
    ),
    "workers-of-a-cluster": project(
      {
        "server.js": `const cluster = require('cluster');\nif (cluster.isPrimary) {\n  for (let n = 0; n < 2; n++) cluster.fork();\n} else {\n  ${server}}\n`,
      },
      ["node", "server.js"],
      serving,
    ),
    "thread-of-a-file-beside-it": project(
      {
        "index.mjs": "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./jobs/mail.mjs', import.meta.url));\n" + esm,
        "jobs/mail.mjs": "console.log('ready');\n",
      },
      ["node", "index.mjs"],
      serving,
    ),
    "set-of-windows-in-the-start-script": project(
      { "package.json": json({ scripts: { start: "set NODE_ENV=production&& node server.js" } }), "server.js": server },
      ["npm", "start"],
      serving,
    ),
    "client-for-postgres-without-its-native-part": project(
      { "index.js": `const { Pool } = require('pg');\nnew Pool();\n${server}`, ...postgres },
      ["node", "index.js"],
      serving,
    ),
    "migrations-of-prisma-then-nest": project(
      {
        "package.json": json({ name: "api" }),
        "dist/main.js": server,
        "prisma/schema.prisma": 'datasource db { provider = "postgresql" }\n',
        "node_modules/.bin/prisma": link("../prisma/build/index.js"),
        ...programOf("prisma", "build/index.js", "process.exit(process.argv.slice(2).join(' ') === 'migrate deploy' ? 0 : 1);\n"),
      },
      shellForm("npx prisma migrate deploy && node dist/main"),
      serving,
    ),
    "name-of-a-folder-built-from-variables": project(
      {
        "index.js":
          "const { join } = require('path');\nrequire(join(__dirname, 'config', process.env.NODE_ENV || 'development'));\n" + server,
        "config/production.json": "{}\n",
      },
      ["node", "index.js"],
      { Env: { NODE_ENV: "production" }, ...serving },
    ),
    "dumb-init-before-node": project({ "server.js": server }, ["node", "server.js"], {
      others: { "usr/bin/dumb-init": program(debian("dumb-init"), "usr/bin/dumb-init") },
      Entrypoint: ["/usr/bin/dumb-init", "--"],
      User: "node",
      ...serving,
    }),

    "modules-of-next-standalone-ignored": project(
      { "server.js": `const next = require('next');\n${server}`, ".next/BUILD_ID": "1", "package.json": "{}\n" },
      ["node", "server.js"],
      { User: "node" },
    ),
    "client-of-prisma-that-was-not-generated": project(
      {
        "index.js": `const { PrismaClient } = require('@prisma/client');\n${server}`,
        "node_modules/@prisma/client/package.json": json({ name: "@prisma/client", main: "default.js" }),
        "node_modules/@prisma/client/default.js": "module.exports = { ...require('.prisma/client/default') };\n",
      },
      ["node", "index.js"],
    ),
    "require-in-a-project-of-modules": project({ "package.json": json({ type: "module" }), "server.js": server }, ["node", "server.js"]),
    "program-of-node-modules-copied-without-its-package": project(
      {
        "package.json": json({ scripts: { start: "next start" } }),
        "node_modules/.bin/next": script("#!/usr/bin/env node\nrequire('../server/require-hook');\n"),
      },
      ["npm", "start"],
    ),
    "preload-of-dotenv-pruned": project({ "package.json": json({}), "dist/index.js": server }, [
      "node",
      "-r",
      "dotenv/config",
      "dist/index.js",
    ]),
    "loader-of-tsx-pruned": project({ "package.json": json({ type: "module" }), "src/index.ts": typed }, [
      "node",
      "--import",
      "tsx",
      "src/index.ts",
    ]),
    "quotes-of-a-file-of-variables-in-node-options": project({ "server.js": server }, ["node", "server.js"], {
      task: { environment: { NODE_OPTIONS: "'--max-old-space-size=512'" } },
    }),
    "npm-as-the-text-of-a-shell": project(
      { "package.json": json({ scripts: { start: "node server.js" } }), "server.js": server },
      ["node", "server.js"],
      {
        task: { entryPoint: ["sh", "-c"], command: ["npm", "start"] },
        ...serving,
      },
    ),
    "worker-script-of-another-branch": project(
      { "package.json": json({ scripts: { start: "node server.js" } }), "server.js": server },
      ["npm", "start"],
      { task: { command: ["npm", "run", "worker"] } },
    ),
  }),
  ...imagesOf("command", {
    "words-of-a-command-joined-by-commas": project({ "server.js": server }, ["node,server.js"], { Entrypoint: [] }),
    "yarn-in-front-of-node": project({ "server.js": server }, ["server.js"], { Entrypoint: ["yarn", "node"] }),
  }),
  ...imagesOf("native package", {
    "argon2-with-its-prebuilds": project(
      { "index.js": `require('argon2');\n${server}`, ...installed("argon2@0.44.0", "@phc/format@1.0.0", "node-gyp-build@4.8.4") },
      ["node", "index.js"],
      serving,
    ),
    "bcrypt-with-its-prebuilds": project(
      { "index.js": `console.log(require('bcrypt').hashSync('x', 4));\n${server}`, ...installed("bcrypt@6.0.0", "node-gyp-build@4.8.4") },
      ["node", "index.js"],
      serving,
    ),
    "esbuild-of-a-mac-behind-tsx": project(
      {
        "package.json": json({}),
        "src/index.ts": typed,
        ...installed("tsx@4.20.6", "get-tsconfig@4.10.1", "resolve-pkg-maps@1.0.0", "esbuild@0.28.2", "@esbuild/darwin-arm64@0.28.2"),
      },
      ["node", "--import", "tsx", "src/index.ts"],
    ),
  }),
  ...imagesOf("not executable", {
    "folder-of-the-build-of-root-alone": project(
      { dist: { folder: true, mode: 0o700 }, "dist/main.js": server },
      ["node", "dist/main.js"],
      { User: "node" },
    ),
  }),
  ...imagesOf(beyond, {
    "typescript-that-node-does-not-run": project({ "src/index.ts": typed }, ["node", "src/index.ts"]),
  }),
];
