import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { ChosenImport, ImportFile } from "@fairlead/adoption";
import type { Project } from "@fairlead/plan";

/**
 * A `pulumi` that keeps states as the real one's backend of files does, as far as is asked here. What it says of what is not there was seen from 3.250.0.
 * ABSENT, EMPTY and REFUSED name types: AWS has none of the first; of the second the provider reads nothing and calls it a success; the third it may not read, as REFUSED_IN_STACK where it is no copy.
 * STATES is where stacks are kept that are no copies. HANG names a command that goes on until it is interrupted.
 */
const scripted = `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync, appendFileSync } = require("node:fs");
const { createHash } = require("node:crypto");
const [command, verb, third] = process.argv.slice(2);
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const { PULUMI_BACKEND_URL = "", LOG, STATES = "/nowhere", ABSENT = "none", EMPTY = "none", REFUSED_IN_STACK = "none", PREVIEW = "", HANG } = process.env;
const REFUSED = process.env.REFUSED ?? (PULUMI_BACKEND_URL ? "none" : REFUSED_IN_STACK);
appendFileSync(LOG, JSON.stringify({ args: process.argv.slice(2), cwd: process.cwd(), backend: PULUMI_BACKEND_URL, token: process.env.TOKEN }) + "\\n");
const stack = verb === "init" ? third : option("--stack");
const file = (PULUMI_BACKEND_URL ? PULUMI_BACKEND_URL.replace("file://", "") : STATES) + "/" + stack.replaceAll("/", "+") + ".json";
const state = () => existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { deployment: { resources: [] } };
const fail = (text) => { console.error(text); process.exit(255); };
const configFile = process.cwd() + "/Pulumi." + stack + ".yaml";
if (command === HANG) { process.on("SIGINT", () => { appendFileSync(LOG, JSON.stringify({ args: ["interrupted"] }) + "\\n"); process.exit(1); }); setInterval(() => {}, 1000); }
else if (command === "stack" && verb === "init") writeFileSync(configFile, "encryptionsalt: v1:salt\\n");
else if (command === "stack" && verb === "export") {
  if (process.env.EXPORT) fail(process.env.EXPORT);
  if (!PULUMI_BACKEND_URL && !existsSync(file)) fail("error: no stack named '" + stack + "' found");
  process.stdout.write(JSON.stringify(state()));
}
else if (command === "stack" && verb === "import") writeFileSync(file, readFileSync(0, "utf8"));
else if (command === "config" && verb === "set") {
  const value = readFileSync(0, "utf8").replace(/\\n$/, "");
  appendFileSync(configFile, "  " + option("--secret") + ":\\n    secure: " + createHash("sha256").update(value).digest("hex") + "\\n");
}
else if (command === "config") { if (process.env.CONFIG) process.stdout.write(process.env.CONFIG); else { process.stdout.write('{"half": "of it'); fail("error: incorrect passphrase"); } }
else if (command === "env") { if (process.env.ESC) process.stdout.write(process.env.ESC); else fail("error: not logged in"); }
else if (command === "preview") { process.stdout.write(PREVIEW); process.exit(PREVIEW.startsWith("{\\n") ? 0 : 255); }
else if (command === "import") {
  const { nameTable = {}, resources } = JSON.parse(readFileSync(option("--file"), "utf8"));
  const now = state();
  const [, project = "shop"] = existsSync("Pulumi.yaml") ? /^name: (.+)$/m.exec(readFileSync("Pulumi.yaml", "utf8")) : [];
  const types = new Map(Object.entries(nameTable).map(([name, urn]) => [name, urn.split("::")[2]]));
  let failed = false;
  for (const { type, name, logicalName, id, parent } of resources) {
    types.set(name, parent ? types.get(parent) + "$" + type : type);
    const urn = ["urn:pulumi:" + stack.split("/").at(-1), project, types.get(name), logicalName].join("::");
    if (now.deployment.resources.some((known) => known.urn === urn)) fail("error: resource already exists");
    const refused = [[ABSENT, "resource '" + id + "' does not exist"], [REFUSED, "AccessDenied: not authorized"]].find(([of]) => type.includes(of));
    if (refused) { failed = true; console.log("  " + type + " (" + logicalName + "):\\n    error: " + refused[1] + "\\n"); continue; }
    now.deployment.resources.push({ urn, id, ...(id && { protect: true }), outputs: type.includes(EMPTY) ? {} : { id } });
  }
  writeFileSync(file, JSON.stringify(now));
  process.exit(failed ? 255 : 0);
}
`;

const variables = [
  ...["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_EC2_METADATA_DISABLED", "AWS_ENDPOINT_URL"],
  "PATH",
  "LOG",
  "STATES",
  "ABSENT",
  "EMPTY",
  "REFUSED",
  "REFUSED_IN_STACK",
  "EXPORT",
  "PREVIEW",
  "CONFIG",
  "ESC",
  "HANG",
];

/** A call of it. */
export interface Call {
  args: string[];
  cwd: string;
  backend: string;
  /** What an environment of Pulumi ESC sets in these tests. */
  token?: string;
}

/** A folder with that `pulumi` on the PATH, and a project. */
export class ScriptedPulumi {
  readonly folder = mkdtempSync(join(tmpdir(), "fairlead-scripted-"));
  private readonly before = { ...process.env };

  constructor() {
    for (const name of ["bin", "states"]) mkdirSync(join(this.folder, name));
    writeFileSync(join(this.folder, "bin", "pulumi"), scripted);
    chmodSync(join(this.folder, "bin", "pulumi"), 0o755);
    Object.assign(process.env, {
      PATH: [join(this.folder, "bin"), process.env.PATH].join(delimiter),
      ...{ LOG: join(this.folder, "log"), STATES: join(this.folder, "states") },
    });
  }

  project(more: Partial<Project> = {}): Project {
    const config = { "aws:region": "eu-west-1", "shop:domainName": "a: b" };
    return { root: this.folder, name: "shop", config, secretKeys: [], ...more } as Project;
  }

  get calls(): Call[] {
    const log = join(this.folder, "log");
    if (!existsSync(log)) return [];
    const lines = readFileSync(log, "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line) as Call);
  }

  /** Keeps a state of a stack that is no copy. */
  keep(stack: string, resources: readonly object[]): void {
    const file = join(this.folder, "states", `${stack.replaceAll("/", "+")}.json`);
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
  }

  end(): void {
    for (const name of variables) {
      if (this.before[name] === undefined) delete process.env[name];
      else process.env[name] = this.before[name];
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** All that is written in a folder. */
export function textsIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
}

/** A file without parents: URNs of what is there end with its type and its name. */
export const flatFile = (chosen: readonly ChosenImport[]): ImportFile => ({
  nameTable: {},
  resources: chosen.map(({ urn, id }, index) => {
    const [type, logicalName] = urn.split("::").slice(2) as [string, string];
    return { type: type.split("$").at(-1)!, name: `r${index}`, logicalName, id };
  }),
});

export const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
