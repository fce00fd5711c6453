import { file } from "../../testing/testImage";
import { json, text, type Dies } from "./runtimeCase";

export const packageManagersDies: Dies[] = [
  ["npm: no package.json", "FL2142", [], ["npm", "start"]],
  ["npm: no start", "FL2142", [json("app/package.json", { scripts: { build: "tsc" } })], ["npm", "start"]],
  ["npm: no scripts", "FL2142", [json("app/package.json", {})], ["npm", "run", "serve"]],
  ["npm: no such script", "FL2142", [json("app/package.json", { scripts: { "start:dev": "node ." } })], ["npm", "run", "start:prod"]],
  ["npm: a package.json that is no JSON", "FL2142", [text("app/package.json", '{ "scripts": { "start": "node .", } }')], ["npm", "start"]],
  ["npm: an empty package.json", "FL2142", [text("app/package.json", "\n")], ["npm", "start"]],
  ["npm: root's package.json, run as another", "FL2141", [file("app/package.json", "{}", 0o600)], ["npm", "start"], { user: "1000" }],
  ["npm: another folder", "FL2142", [json("app/package.json", { scripts: { start: "node ." } })], ["npm", "--prefix", "/srv", "start"]],
  [
    "npm: a script with arguments behind --",
    "FL2140",
    [json("app/package.json", { scripts: { serve: "node" } })],
    ["npm", "run", "serve", "--", "main.js", "--port", "80"],
  ],
  [
    "npm: what runs first, beside settings that change nothing of it",
    "FL2104",
    [json("app/package.json", { scripts: { prestart: "tsc", start: "node main.js" } }), text("app/.npmrc", "legacy-peer-deps=true\n")],
    ["npm", "start"],
  ],
];
