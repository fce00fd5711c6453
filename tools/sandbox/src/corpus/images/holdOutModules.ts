import { imagesOf, type Recipe } from "../corpusImage";
import { link, program, script, tree, type Layer } from "../layer";
import { debian, npm, pypi } from "../parts";

const serving = { serves: true } as const;
const at = (folder: string, files: Layer): Layer =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
const node = (files: Layer, more: Recipe = {}): Recipe => ({
  base: "node",
  files: at("app", files),
  WorkingDir: "/app",
  Cmd: ["node", "main.js"],
  ...more,
});
const python = (files: Layer, { others = {}, ...more }: Recipe & { others?: Layer } = {}): Recipe => ({
  base: "python",
  files: { ...at("app", files), ...others },
  WorkingDir: "/app",
  Cmd: ["python", "main.py"],
  ...more,
});
const packageOf = (main: string, more: object = {}) => `${JSON.stringify({ name: "x", version: "1.0.0", main, ...more })}\n`;
const ofMac = program(npm("@node-rs/xxhash-darwin-arm64@1.7.6"), "xxhash.darwin-arm64.node", 0o644);
const ofArm = tree(pypi("orjson==3.11.3", "manylinux2014_aarch64"));

/** Programs that run, though not all that they name is there. */
export const holdOutModules = [
  ...imagesOf("native package", {
    "addon-of-a-mac-that-is-tried": node({
      "main.js": "try { require('./fast.node'); } catch { console.log('slow'); }\n",
      "fast.node": ofMac,
    }),
    "addon-of-a-mac-on-a-mac-alone": node({
      "main.js": "if (process.platform === 'darwin') require('./fast.node');\nconsole.log('hello');\n",
      "fast.node": ofMac,
    }),
    "addon-of-a-mac-in-a-function": node({
      "main.js": "exports.fast = () => require('./fast.node');\nconsole.log('hello');\n",
      "fast.node": ofMac,
    }),
    "addon-by-the-name-of-the-platform": node({
      "main.js": "const { platform, arch } = process;\nrequire(`./prebuilt/${platform}-${arch}/x.node`);\n",
      "prebuilt/darwin-arm64/x.node": ofMac,
      "prebuilt/linux-x64/x.node": program(npm("@node-rs/xxhash-linux-x64-gnu@1.7.6"), "xxhash.linux-x64-gnu.node", 0o644),
    }),
    "addon-behind-a-promise": node({ "main.js": "import('./fast.node').catch(() => console.log('slow'));\n", "fast.node": ofMac }),
    "addon-that-a-setting-asks-for": node({
      "main.js": "const fast = process.env.FAST ? require('./fast.node') : { run() {} };\nfast.run();\n",
      "fast.node": ofMac,
    }),
    "wheel-of-arm64-that-is-tried": python(
      { "main.py": "try:\n    import orjson as json\nexcept ImportError:\n    import json\nprint(json.dumps([1]))\n" },
      {
        others: { "usr/local/lib/python3.11/site-packages": ofArm },
      },
    ),
    "wheel-of-arm64-in-a-function": python(
      { "main.py": "def fast():\n    import orjson\n    return orjson\n\nprint('hello')\n" },
      {
        others: { "usr/local/lib/python3.11/site-packages": ofArm },
      },
    ),
    "wheel-of-arm64-for-type-checkers": python(
      { "main.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import orjson\nprint('hello')\n" },
      { others: { "usr/local/lib/python3.11/site-packages": ofArm } },
    ),
    "wheel-of-arm64-hidden-by-another": python(
      { "main.py": "import orjson\nprint(orjson.dumps([1]))\n" },
      {
        others: {
          "usr/local/lib/python3.11/site-packages": ofArm,
          "opt/deps": tree(pypi("orjson==3.11.3", "manylinux2014_x86_64")),
        },
        Env: { PYTHONPATH: "/opt/deps" },
      },
    ),
    "psycopg2-that-is-tried": python(
      { "main.py": "import contextlib\nwith contextlib.suppress(ImportError):\n    import psycopg2\nprint('hello')\n" },
      {
        others: { "usr/local/lib/python3.11/site-packages": tree(debian("python3-psycopg2"), "usr/lib/python3/dist-packages") },
      },
    ),
  }),
  ...imagesOf("interpreter's argument", {
    "modules-as-pnpm-lays-them": node(
      {
        "main.js": "require('web').listen();\n",
        "node_modules/web": link(".pnpm/web@1.0.0/node_modules/web"),
        "node_modules/.pnpm/web@1.0.0/node_modules/web/package.json": packageOf("lib/index.js"),
        "node_modules/.pnpm/web@1.0.0/node_modules/web/lib/index.js": "exports.listen = require('router');\n",
        "node_modules/.pnpm/web@1.0.0/node_modules/router": link("../../router@2.0.0/node_modules/router"),
        "node_modules/.pnpm/router@2.0.0/node_modules/router/index.js":
          "module.exports = () => require('http').createServer().listen(3000);\n",
      },
      serving,
    ),
    "modules-as-yarn-plugs-them": node(
      {
        ".pnp.cjs":
          "const Module = require('module');\nconst before = Module._resolveFilename;\nModule._resolveFilename = function (name, ...rest) {\n  return before.call(this, name === 'web' ? '/app/.yarn/web/index.js' : name, ...rest);\n};\n",
        ".yarn/web/index.js": "require('http').createServer().listen(3000);\n",
        "main.js": "require('web');\n",
      },
      { Cmd: ["node", "-r", "./.pnp.cjs", "main.js"], ...serving },
    ),
    "modules-of-node-path": node(
      { "main.js": "require('web');\n", "shared/web/index.js": "console.log('hello');\n" },
      { Env: { NODE_PATH: "/app/shared" } },
    ),
    "modules-of-a-folder-above": {
      base: "node",
      files: {
        "srv/node_modules/web/package.json": packageOf("missing.js"),
        "srv/node_modules/web/index.js": "",
        "srv/apps/api/main.js": "require('web');\n",
      },
      WorkingDir: "/srv/apps/api",
      Cmd: ["node", "main.js"],
    },
    "modules-by-their-exports": node(
      {
        "main.mjs":
          "import { a } from 'web/part';\nimport x from 'x';\nimport data from './data.json' with { type: 'json' };\nconsole.log(a, x, data, await 1);\n",
        "data.json": "[]\n",
        "package.json": packageOf("main.mjs", { exports: "./self.mjs" }),
        "self.mjs": "export default 1;\n",
        "node_modules/web/package.json": packageOf("gone.js", {
          exports: { "./part": { browser: "./gone.js", import: "./p.mjs", default: "./gone.cjs" } },
        }),
        "node_modules/web/p.mjs": "export const a = 1;\n",
      },
      { Cmd: ["node", "main.mjs"] },
    ),
    "modules-that-are-tried": node({
      "main.js":
        "let web;\ntry {\n  web = require('fastify');\n} catch (error) {\n  if (error.code !== 'MODULE_NOT_FOUND') throw error;\n}\nconsole.log(web);\n",
    }),
    "modules-that-node-has": node({
      "main.js": "require('fs/promises'); require('node:test'); require('punycode'); require('sys'); require('node:sqlite');\n",
    }),
    "modules-without-an-extension": node({
      "main.js": "require('./config'); require('./lib'); require('./data');\n",
      "config.json": "{}\n",
      "lib/index.js": "",
      "data.js": "",
    }),
    "module-of-a-bundle": node({
      "main.js":
        "var modules = { express: (m) => { m.exports = 'bundled'; } };\n((require) => { require('express'); })((name) => { const m = {}; modules[name](m); return m.exports; });\n",
    }),
    "module-in-a-comment-and-a-text": node({
      "main.js":
        "// require('gone')\n/* import 'gone' */\nconst text = \"require('gone')\";\nconst pattern = /require('gone')/;\nconsole.log(text, pattern, `${'import gone'}`);\n",
    }),
    "package-of-the-user": python(
      { "main.py": "import shop\n" },
      {
        others: { "root/.local/lib/python3.11/site-packages/shop/__init__.py": "print('hello')\n" },
      },
    ),
    "package-of-a-path-that-is-inserted": python(
      { "main.py": "import sys\nsys.path.insert(0, '/opt/libs')\nimport shop\n" },
      {
        others: { "opt/libs/shop.py": "print('hello')\n" },
      },
    ),
    "package-that-answers-for-its-parts": python({
      "main.py": "from shop import anything\nimport shop.settings\n",
      "shop/__init__.py":
        "import sys, types\nsys.modules['shop.settings'] = types.ModuleType('shop.settings')\n\n\ndef __getattr__(name):\n    return name\n",
    }),
    "package-that-is-tried": python({
      "main.py":
        "try:\n    import uvloop\nexcept ModuleNotFoundError:\n    uvloop = None\ntry:\n    import tomllib\nexcept ImportError:\n    import tomli as tomllib\nimport sys\nif sys.version_info < (3, 9):\n    import backports.zoneinfo\nif sys.platform == 'win32':\n    import winreg\nprint(uvloop)\n",
    }),
    "package-that-is-looked-for": python({
      "main.py": "import importlib.util\nif importlib.util.find_spec('orjson'):\n    import orjson\nprint('hello')\n",
    }),
    "package-in-a-text": python({ "main.py": '"""\nimport gone\n"""\ntext = """\nfrom gone import x\n"""\nprint(text)\n' }),
    "script-of-a-virtual-environment-by-env": {
      base: "python",
      files: {
        "opt/venv/pyvenv.cfg": "home = /usr/local/bin\nversion = 3.11.2\n",
        "opt/venv/bin/python": link("/usr/local/bin/python3.11"),
        "opt/venv/lib/python3.11/site-packages/shop.py": "print('hello')\n",
        "app/run": script("#!/usr/bin/env python\nimport shop\n"),
      },
      Env: { PATH: "/opt/venv/bin:/usr/local/bin:/usr/bin:/bin" },
      Cmd: ["/app/run"],
    },
  }),
];
