import { elf, file, folder, link } from "../../testing/testImage";
import { json, text, type Lives } from "./runtimeCase";

const pnpm = file("usr/bin/pnpm", "#!/usr/bin/env node\n");

export const packageManagersLives: Lives[] = [
  [
    "yarn: a script of a package with Plug'n'Play",
    [
      file("usr/bin/yarn", "#!/usr/bin/env node\n"),
      json("app/package.json", { scripts: { start: "next start" } }),
      text("app/.pnp.cjs", ""),
    ],
    ["yarn", "start"],
  ],
  ["npm: a script", [json("app/package.json", { scripts: { start: "node main.js" } }), text("app/main.js", "")], ["npm", "start"]],
  [
    "npm: a script with arguments",
    [json("app/package.json", { scripts: { serve: "node main.js" } }), text("app/main.js", "")],
    ["npm", "run", "serve", "--", "--port", "80"],
  ],
  [
    "npm: silent",
    [json("app/package.json", { scripts: { serve: "node main.js" } }), text("app/main.js", "")],
    ["npm", "run", "--silent", "serve"],
  ],
  ["npm: server.js without start", [json("app/package.json", {}), text("app/server.js", "")], ["npm", "start"]],
  [
    "npm: a package.json above",
    [json("app/package.json", { scripts: { start: "node main.js" } }), text("app/main.js", ""), folder("app/src")],
    ["npm", "start"],
    { workingDirectory: "/app/src" },
  ],
  [
    "npm: a program of a package's",
    [
      json("app/package.json", { scripts: { start: "serve" } }),
      file("app/node_modules/serve/cli.js", "#!/usr/bin/env node\n"),
      link("app/node_modules/.bin/serve", "../serve/cli.js"),
    ],
    ["npm", "start"],
  ],
  [
    "npm: what is made first",
    [json("app/package.json", { scripts: { prestart: "echo > main.js", start: "node main.js" } })],
    ["npm", "start"],
  ],
  ["npm: if present", [json("app/package.json", {})], ["npm", "run", "serve", "--if-present"]],
  [
    "npm: a byte order mark",
    [text("app/package.json", `\uFEFF${JSON.stringify({ scripts: { start: "node main.js" } })}`), text("app/main.js", "")],
    ["npm", "start"],
  ],
  [
    "npx: a program of a package's",
    [file("app/node_modules/serve/cli.js", "#!/usr/bin/env node\n"), link("app/node_modules/.bin/serve", "../serve/cli.js")],
    ["npx", "serve"],
  ],
  [
    "npm: another folder, named behind the script",
    [json("app/backend/package.json", { scripts: { start: "node main.js" } }), text("app/backend/main.js", "")],
    ["npm", "start", "--prefix", "backend"],
  ],
  [
    "npm: another folder, named behind the script in one word",
    [json("app/backend/package.json", { scripts: { start: "node main.js" } }), text("app/backend/main.js", "")],
    ["npm", "run", "start", "--prefix=backend"],
  ],
  ...[
    ["start", "--workspace=api"],
    ["run", "start", "-w", "api"],
    ["start", "-wapi"],
  ].map<Lives>((words) => [
    `npm: a workspace, named behind the script as ${words.at(-1)}`,
    [
      json("app/package.json", { workspaces: ["api"], scripts: { start: "node gone.js" } }),
      json("app/api/package.json", { name: "api", scripts: { start: "node main.js" } }),
      text("app/api/main.js", ""),
    ],
    ["npm", ...words],
  ]),
  [
    "npm: what is run is an argument",
    [
      json("app/package.json", { scripts: { start: "./start" } }),
      file("app/start", '#!/bin/sh\nexec node "./$1.js"\n'),
      text("app/server.js", ""),
    ],
    ["npm", "start", "--", "server"],
  ],
  [
    "npm: what is run is an argument in front of options of npm's",
    [json("app/package.json", { scripts: { start: "node" } }), text("app/server.js", "")],
    ["npm", "start", "server.js", "--silent"],
  ],
  [
    "pnpm: scripts by a pattern",
    [pnpm, json("app/package.json", { scripts: { "serve-a": "node main.js" } }), text("app/main.js", "")],
    ["pnpm", "run", "/^serve-.*/"],
  ],
  ...["app/.npmrc", "root/.npmrc", ".npmrc", "usr/local/etc/npmrc"].map<Lives>((name) => [
    `npm: /${name} lets no other script run first`,
    [
      json("app/package.json", { scripts: { prestart: "tsc", start: "node main.js" } }),
      text("app/main.js", ""),
      text(name, "ignore-scripts=true\n"),
    ],
    ["npm", "start"],
  ]),
  [
    "npm: a variable lets no other script run first",
    [json("app/package.json", { scripts: { prestart: "tsc", start: "node main.js" } }), text("app/main.js", "")],
    ["npm", "start"],
    { environment: ["npm_config_ignore_scripts=true"] },
  ],
  [
    "npm: another shell",
    [
      file("bin/bash", elf()),
      json("app/package.json", { scripts: { start: "source ./env && node main.js" } }),
      text("app/main.js", ""),
      text("app/env", "A=1\n"),
      text("app/.npmrc", "script-shell=/bin/bash\n"),
    ],
    ["npm", "start"],
  ],
  [
    "yarn: newer, said above",
    [
      file("usr/bin/yarn", "#!/usr/bin/env node\n"),
      text("app/.yarnrc.yml", "nodeLinker: node-modules\n"),
      json("app/api/package.json", { scripts: { prestart: "tsc", start: "node main.js" } }),
      text("app/api/main.js", ""),
    ],
    ["yarn", "start"],
    { workingDirectory: "/app/api" },
  ],
  [
    "yarn: newer, said in package.json above",
    [
      file("usr/bin/yarn", "#!/usr/bin/env node\n"),
      json("app/package.json", { packageManager: "yarn@4.5.0", workspaces: ["api"] }),
      json("app/api/package.json", { scripts: { prestart: "tsc", start: "node main.js" } }),
      text("app/api/main.js", ""),
    ],
    ["yarn", "start"],
    { workingDirectory: "/app/api" },
  ],
];
