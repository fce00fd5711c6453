import { file } from "../../testing/testImage";
import { json, nodeOf, text, type Dies, type Lives } from "./runtimeCase";

const main = text("app/main.js", "");
const [node20, node22] = [nodeOf("20.11.1"), nodeOf("22.23.3")];
const options = (value: string) => ({ environment: [`NODE_OPTIONS=${value}`] });

/** Options that end Node before it reads anything. */
export const nodeOptionDies: Dies[] = [
  ["node: an option that no version has", "FL2147", [node22, main], ["node", "--max-old-space=512", "main.js"]],
  [
    "node: an option that no version has, behind others",
    "FL2147",
    [node22, main],
    ["node", "-r", "fs", "--enable-source-maps", "--production", "main.js"],
  ],
  ["node: a value that stands behind a blank", "FL2147", [node22, main], ["node", "--max-old-space-size", "512", "main.js"]],
  ["node: an option of the program's in front of it", "FL2147", [node22, main], ["node", "--port=3000", "main.js"]],
  [
    "node: types that are to be stripped, by Node 20",
    "FL2147",
    [node20, text("app/main.ts", "")],
    ["node", "--experimental-strip-types", "main.ts"],
  ],
  [
    "node: a file of variables, by Node 18",
    "FL2147",
    [nodeOf("18.20.8"), main, text("app/.env", "")],
    ["node", "--env-file=.env", "main.js"],
  ],
  [
    "node: a file of variables that may be missing, by Node 20.11",
    "FL2147",
    [node20, main, text("app/.env", "")],
    ["node", "--env-file-if-exists=.env", "main.js"],
  ],
  ["node: certificates of the system, by Node 22.12", "FL2147", [nodeOf("22.12.0"), main], ["node", "--use-system-ca", "main.js"]],
  [
    "node: a script of package.json, by Node 20",
    "FL2147",
    [node20, json("app/package.json", { scripts: { a: "true" } })],
    ["node", "--run", "a"],
  ],
  ["node: NODE_OPTIONS with an option that no version has", "FL2147", [node22, main], ["node", "main.js"], options("--max_old_space=512")],
  ["node: NODE_OPTIONS with a value behind a blank", "FL2147", [node22, main], ["node", "main.js"], options("--max-old-space-size 512")],
  ["node: NODE_OPTIONS with what is to be evaluated", "FL2147", [node22, main], ["node", "main.js"], options("--enable-source-maps -e 1")],
  [
    "node: NODE_OPTIONS with a file of variables",
    "FL2147",
    [node22, main, text("app/.env", "")],
    ["node", "main.js"],
    options("--env-file=.env"),
  ],
  ["node: NODE_OPTIONS with an option that came later", "FL2147", [node20, main], ["node", "main.js"], options("--use-system-ca")],
  [
    "node: NODE_OPTIONS of a script of Node's",
    "FL2147",
    [node22, file("app/cli.js", "#!/usr/bin/env node\n")],
    ["./cli.js"],
    options("--prod"),
  ],
];

export const nodeOptionLives: Lives[] = [
  ["node: options of the program's behind it", [node22, main], ["node", "main.js", "--port=3000", "--production"]],
  ["node: underscores for dashes", [node22, main], ["node", "--max_old_space_size=512", "main.js"]],
  ["node: options of V8's", [node22, main], ["node", "--stack-trace-limit=50", "--max-semi-space-size=16", "--expose-gc", "main.js"]],
  ["node: a condition that is called as an option is", [node22, main], ["node", "-C", "production", "main.js"]],
  [
    "node: NODE_OPTIONS with values behind blanks",
    [node22, main, text("app/x.js", "")],
    ["node", "main.js"],
    options("--require ./x.js  --max-old-space-size=512"),
  ],
  [
    "node: NODE_OPTIONS with a text in quotes",
    [node22, main, text("app/a --prod/x.js", "")],
    ["node", "main.js"],
    options('--require "./a --prod/x.js"'),
  ],
  ["node: NODE_OPTIONS with what is no option", [node22, main], ["node", "main.js"], options("max-old-space-size=512")],
  ["node: NODE_OPTIONS that are empty", [node22, main], ["node", "main.js"], options("")],
  [
    "node: types that are to be stripped, by Node 22.12",
    [nodeOf("22.12.0"), text("app/main.ts", "const a: number = 1;\n")],
    ["node", "--experimental-strip-types", "main.ts"],
  ],
  ["node: a file of variables, by Node 20.11", [node20, main, text("app/.env", "")], ["node", "--env-file=.env", "main.js"]],
  [
    "node: an option that no version has, by a Node that doesn't say its version",
    [main],
    ["node", "--max-old-space=512", "main.js"],
    { unrun: true },
  ],
];
