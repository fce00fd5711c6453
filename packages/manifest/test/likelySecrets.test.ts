import { formatProblems } from "@fairlead/model";

import { loadServices, type Diagnostic } from "../src";
import { folder, minimal, problems, write } from "./folder";

/** Apart, since scanners of repositories look for it too. */
const stripe = `sk_${"live"}_4eC39HqLyjWDarjtT1zdp7dc`;

function hints(): Diagnostic[] {
  const found: Diagnostic[] = [];
  const defaults = { cpuArchitecture: "ARM64", desiredCount: 1 } as const;
  loadServices({ directory: folder, environment: "dev", environments: ["dev", "prod"], defaults, onHints: (each) => found.push(...each) });
  return found;
}

test.each([
  ["the service's own", `environment:\n  KEY: ${stripe}\n`, "4:8", "environment.KEY"],
  ["a sidecar's", `sidecars:\n  a:\n    image: nginx:1\n    environment:\n      KEY: ${stripe}\n`, "7:12", "sidecars.a.environment.KEY"],
  ["a build's", `build:\n  args:\n    KEY: ${stripe}\n`, "5:10", "build.args.KEY"],
  [
    "another environment's",
    `environments:\n  prod:\n    environment:\n      KEY: ${stripe}\n`,
    "6:12",
    "environments.prod.environment.KEY",
  ],
  ["a log router's", `logRouting:\n  options:\n    Name: datadog\n    apikey: ${stripe}\n`, "6:13", "logRouting.options.apikey"],
  ["an argument", `command: ["serve", "--key=${stripe}"]\n`, "3:20", "command.1"],
])("a secret by its form is refused, with its place and without its value: %s", (_, part, place, path) => {
  write("api", minimal + part);
  const found = problems().filter(({ code }) => code === "FL1050");
  expect(found.map(({ line, column, problem }) => `${line}:${column} ${problem}`)).toEqual([`${place} ${path} is a key of Stripe`]);
  const told = formatProblems(found, folder);
  expect(told).toContain("FL1050");
  expect(told).not.toContain("4eC39");
});

test("the value is in no other problem of the same line either", () => {
  write("api", `${minimal}environment: { KEY: ${stripe}, RETRIES: 3, DB_PASSWORD: 8675309 }\n`);
  const found = problems();
  expect(found.map(({ code }) => code).sort()).toEqual(["FL1003", "FL1003", "FL1050"]);
  expect(formatProblems(found, folder)).not.toMatch(/4eC39|8675309/);
});

test.each([
  ["where the place of one belongs", 'secrets:\n  SIGNING: "hunter2-hunter2"\n'],
  ["beside another mistake", "environment: { DB_PASSWORD: hunter2-hunter2, HOST: db }\n"],
])("no message shows what may be a secret: %s", (_, part) => {
  write("api", minimal + part);
  const found = problems();
  expect(found).toHaveLength(1);
  expect(formatProblems(found, folder)).not.toContain("hunter2");
});

test("what may be a secret is told and stops nothing", () => {
  write("api", `${minimal}environment:\n  DB_PASSWORD: hunter2\n  PASSWORD_MIN_LENGTH: "12"\n`);
  expect(problems()).toEqual([]);
  const [hint, ...others] = hints();
  expect(others).toEqual([]);
  expect(hint).toMatchObject({ code: "FL1051", line: 4, column: 16 });
  expect(JSON.stringify(hint)).not.toContain("hunter2");
});

test("a comment with a reason says that it is none", () => {
  write("api", `${minimal}environment:\n  A: ${stripe} # not a secret: of a closed account\n  B_TOKEN: a8f5f167f44f4964 # not a secret:\n`);
  expect(problems()).toEqual([]);
  expect(hints().map(({ line }) => line)).toEqual([5]);
});
