#!/usr/bin/env node
// As much of the Pulumi CLI as `fairlead smoke` calls: what it is asked, what the stack then has, and the mistakes that the tests want.
const { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.FAKE_PULUMI;
const { fails, hangs, slips, garbles, secret, configuration, plugins, loses } = JSON.parse(
  readFileSync(join(folder, "wanted.json"), "utf8"),
);
const [command, ...args] = process.argv.slice(2);
const options = args.filter((arg) => /^--(expect|refresh|show-secrets)/.test(arg));
let interrupts = 0;
process.on("SIGINT", () => interrupts++);
const asked = [command, ...(["stack", "plugin"].includes(command) ? args.slice(0, 1) : options)].join(" ");
appendFileSync(join(folder, "asked.txt"), `${asked}\n`);

const state = join(folder, "state.json");
const stored = () => (existsSync(state) ? JSON.parse(readFileSync(state, "utf8")) : []);
const store = (resources) => writeFileSync(state, JSON.stringify(resources));
const urn = (type, name) => `urn:pulumi:dev::fairlead::${type}::${name}`;

function end(text, code) {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  process.exit(code);
}

/** The plugin of the SDK that is installed. */
function installedOfAws() {
  const { version } = require(join(process.cwd(), "node_modules/@pulumi/aws/package.json"));
  return { name: "aws", kind: "resource", version };
}

function services() {
  return readdirSync("apps").map((name) => [name, readFileSync(join("apps", name, "service.yaml"), "utf8")]);
}

function up() {
  for (const [name, text] of services()) {
    if (text.includes("platforms:"))
      end(`Diagnostics:\n  error: apps/${name}/service.yaml:1:1 FL1009 the image is for another platform`, 1);
    if (text.includes("is-not-there")) {
      if (slips) store(resources());
      end(`Diagnostics:\n  error: FL2104 ${name}: no such file`, 1);
    }
  }
  store(resources());
}

/** Those of the services: as on AWS, a task definition's id is its family, and only its ARN tells one revision from another. */
function resources() {
  return services().flatMap(([name, text]) => {
    const version = /FAIRLEAD_SMOKE: "?(\w+)/.exec(text)?.[1] ?? (text.includes("is-not-there") ? "0" : "1");
    const of = (type, id, inputs, outputs) => ({ urn: urn(type, name), type, id, custom: true, inputs, outputs });
    const arn = `arn:aws:ecs:us-east-1:123456789012:task-definition/dev-${name}:${version}`;
    return [
      of("aws:ecs/service:Service", `arn:aws:ecs:us-east-1:123456789012:service/c/${name}`, { cluster: "c", name }, {}),
      of("aws:ecs/taskDefinition:TaskDefinition", `dev-${name}`, { containerDefinitions: version }, { arn }),
    ];
  });
}

if (hangs === asked) {
  setInterval(() => interrupts > 0 && end("Diagnostics:\n  error: update canceled", 1), 50);
} else if (fails === asked) {
  if (command === "config") process.stdout.write(`{"fairlead:key":{"value":"${secret}"`);
  end(`Diagnostics:\n  error: it went wrong in account 123456789012, with ${secret} and //somebody:password@example.com`, 1);
} else if (command === "version") end("v3.0.0-fake", 0);
else if (asked === "stack export") end(JSON.stringify({ deployment: { resources: stored() } }), 0);
else if (command === "plugin") end(JSON.stringify(plugins ?? [installedOfAws()]), 0);
else if (command === "config")
  end(
    JSON.stringify({
      "aws:region": { value: "us-east-1" },
      ...configuration,
      "fairlead:key": { ...(options.includes("--show-secrets") && { value: secret }), secret: true },
    }) + (garbles ? "garbled" : ""),
    0,
  );
else if (command === "up") up();
else if (command === "destroy") {
  store([]);
  if (loses) rmSync(loses, { recursive: true });
}
