import { file, folder, link } from "../../testing/testImage";
import { json, text, type Lives } from "./runtimeCase";

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
];
