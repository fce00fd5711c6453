import { parse, stringify } from "yaml";

import { projectRows, serviceRows } from "../../src";
import { examples } from "./examples";
import { imported } from "./project";

type Values = Record<string, unknown>;

/** A service's part with a value at a path. */
function partWith([key, ...others]: string[], value: unknown): unknown {
  const inner = others.length === 0 ? value : partWith(others, value);
  return key === "[]" ? [inner] : { [key === "*" ? "MINE" : key!]: inner };
}

function merged(a: unknown, b: unknown): unknown {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object" || Array.isArray(a) || Array.isArray(b)) return b;
  const result: Values = { ...a };
  for (const [key, value] of Object.entries(b)) result[key] = key in result ? merged(result[key], value) : value;
  return result;
}

// Profiles and extends change which services there are, and have tests of their own.
const cases = serviceRows.filter(({ path }) => !["profiles", "extends"].includes(path));

test.each(cases)("$path is $outcome", ({ path, outcome }) => {
  const { value, beside = "{}", files = {} } = examples[path] ?? { value: "x" };
  const own = merged(parse(beside), partWith(path.replaceAll("[]", ".[]").split("."), parse(value))) as Values;
  const image = "build" in own || "image" in own ? {} : { image: "nginx:1.27" };
  const text = stringify({ services: { api: { ...image, ...own }, other: { image: "nginx:1.27" } } });
  const result = imported({ "compose.yaml": text, "api/Dockerfile": "FROM scratch\n", Dockerfile: "FROM scratch\n", ...files });
  expect(result.problems).toEqual([]);
  const keys = `services.api.${path.replaceAll("[]", "[0]").replaceAll("*", "MINE")}`;
  const found = result.findings.filter(({ source }) => source === keys || source.startsWith(`${keys}.`) || source.startsWith(`${keys}[`));
  expect(found.map((finding) => finding.outcome)).toContain(outcome);
});

const besides: Record<string, string> = {
  name: "name: shop",
  version: "version: '3.8'",
  include: "include: []",
  networks: "networks: { back: {} }",
  volumes: "volumes: { files: {} }",
  "volumes.*.external": "volumes: { files: { external: true } }",
  "volumes.*.driver_opts": "volumes: { files: { driver_opts: { type: nfs } } }",
  secrets: "secrets: { a: { file: a.txt } }",
  configs: "configs: { a: { file: a.txt } }",
  models: "models: { a: { model: m } }",
};

test.each(projectRows.filter(({ path }) => path !== "include"))("$path beside the services is $outcome", ({ path, outcome }) => {
  const result = imported({ "compose.yaml": `${besides[path]}\nservices: { api: { image: 'nginx:1', volumes: ['files:/f'] } }\n` });
  expect(result.problems).toEqual([]);
  const key = path.replace("*", "files");
  expect(result.findings.filter(({ source }) => source === key || source.startsWith(`${key}.`)).map((each) => each.outcome)).toEqual([
    outcome,
  ]);
});

test("no key stands twice, and no example is of a key that is not there", () => {
  const paths = serviceRows.map(({ path }) => path);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  expect(Object.keys(examples).filter((path) => !paths.includes(path))).toEqual([]);
});

test("ignored is only what Compose itself does nothing with: what is lost here is told otherwise", () => {
  const ignored = [...serviceRows, ...projectRows].filter(({ outcome }) => outcome === "ignored");
  // Swarm's labels, which docker compose up gives to no container, and the version, which it does not read.
  expect(ignored.map(({ path }) => path)).toEqual(["deploy.labels", "version"]);
});

test.each([["sysctls", /Fairlead has no key.*Fargate \(platform 1\.4\.0\) takes/]])(
  "%s is told as what Fairlead lacks, not as what ECS does",
  (path, text) => {
    expect(serviceRows.find((row) => row.path === path)?.text).toMatch(text);
  },
);

test("a key that nobody knows ends the import, and is in the report with --lenient: FL2902", () => {
  const text = "services:\n  api:\n    image: nginx:1\n    enviroment: { A: b }\n";
  const { problems } = imported({ "compose.yaml": text });
  expect(problems).toMatchObject([{ code: "FL2902", line: 4, problem: "nobody knows the key services.api.enviroment" }]);
  expect(problems[0]!.expected).toContain("environment");
  const { problems: none, findings } = imported({ "compose.yaml": text }, { lenient: true });
  expect(none).toEqual([]);
  expect(findings).toContainEqual(expect.objectContaining({ source: "services.api.enviroment", outcome: "ignored" }));
});

test("a key that is known, in a form that is none, is not left out in silence: FL2903", () => {
  const { problems } = imported({ "compose.yaml": "services:\n  api:\n    image: nginx:1\n    deploy: { resources: { limits: 3 } }\n" });
  expect(problems).toMatchObject([{ code: "FL2903", line: 4 }]);
});
