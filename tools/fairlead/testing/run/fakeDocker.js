#!/usr/bin/env node
// Stands for `docker`, of whose answers Docker 20.10.24 gave each: FAKE_DOCKER names a folder with scenario.json, and gets the calls, one JSON a line.
const { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const folder = process.env.FAKE_DOCKER;
const file = (name) => join(folder, name);
const scenario = JSON.parse(readFileSync(file("scenario.json"), "utf8"));
const [command, ...words] = process.argv.slice(2);
const seen = { words: process.argv.slice(2), proxies: Object.keys(process.env).filter((name) => /_proxy$/i.test(name)) };
appendFileSync(file("calls"), `${JSON.stringify(seen)}\n`);

function refuse(text, status = 1) {
  process.stderr.write(`${text}\n`);
  process.exit(status);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

const flags = new Set(
  (
    "name platform network no-healthcheck log-driver log-opt user workdir read-only mount memory memory-swap cpus init ulimit cap-add cap-drop stop-timeout " +
    "env entrypoint"
  ).split(" "),
);

function create() {
  const end = words.findIndex((word) => !word.startsWith("--"));
  for (const word of words.slice(0, end)) {
    const [name, value] = word.slice(2).split(/=(.*)/s);
    if (!flags.has(name)) refuse(`unknown flag: --${name}\nSee 'docker create --help'.`, 125);
    if (name === "cpus" && Number(value) > scenario.info.NCPU)
      refuse(
        `Error response from daemon: Range of CPUs is from 0.01 to ${scenario.info.NCPU}.00, as there are only ${scenario.info.NCPU} CPUs available`,
      );
    if (name === "memory" && parseInt(value) < 6) refuse("Error response from daemon: Minimum memory limit allowed is 6MB");
  }
  const image = words[end];
  if (!existsSync(file("image")) && !(scenario.local ?? []).includes(image)) refuse(`Unable to find image '${image}' locally`, 125);
  const name = words.find((word) => word.startsWith("--name=")).slice(7);
  writeFileSync(file("container"), name);
  say("3f6eed666b16");
}

const answers = {
  info: () => say(JSON.stringify(scenario.info)),
  image: () => {
    const id = words.at(-1);
    if (!(scenario.local ?? []).includes(id)) refuse(`Error: No such image: ${id}`);
    say(id);
  },
  load: () => {
    const bytes = readFileSync(0);
    if (scenario.load) refuse(scenario.load);
    writeFileSync(file("image"), bytes);
    say("Loaded image");
  },
  create,
  start: () => {
    if (scenario.start) refuse(`Error response from daemon: ${scenario.start}\nError: failed to start containers: ${words[0]}`);
    say(words[0]);
  },
  wait: () => {
    if (scenario.state && !scenario.waitsForEver) return say(scenario.state.ExitCode);
    setInterval(() => undefined, 1000);
  },
  exec: () => {
    if (words[1] === "cat") return say(scenario.tcp ?? "");
    const { status = 0, output = "" } = scenario.check ?? {};
    if (output) say(output);
    process.exit(status);
  },
  inspect: () => say(words[1] === "{{json .State}}" ? JSON.stringify({ Running: !scenario.state, ...scenario.state }) : "0 none"),
  logs: () => {
    const stamp = (position) => `2026-11-28T13:36:${String(position).padStart(2, "0")}.000000000Z`;
    for (const [position, line] of (scenario.logs ?? []).entries())
      (line.startsWith("!") ? process.stderr : process.stdout).write(`${stamp(position)} ${line.replace(/^!/, "")}\n`);
  },
  rm: () => rmSync(file("container"), { force: true }),
  rmi: () => rmSync(file("image"), { force: true }),
};

if (!answers[command]) refuse(`docker: '${command}' is not a docker command.`);
answers[command]();
