import { composeFiles } from "../../src";
import { filled } from "../../src/compose/interpolate";
import { environmentFile } from "../../src/compose/environmentFile";
import { sourceFiles } from "../application";
import { imported } from "./project";

const environmentOf = (texts: Record<string, string>, service = "api", options = {}) =>
  imported(texts, options).services.find(({ name }) => name === service)?.layers.base.environment;

test.each<[what: string, paths: string[], path: string, expected: unknown]>([
  [
    "the newer name before the older",
    ["docker-compose.yml", "compose.yaml"],
    "",
    { files: ["compose.yaml"], others: ["docker-compose.yml"] },
  ],
  [
    "an override beside the file",
    ["compose.yaml", "compose.override.yaml", "compose.prod.yaml"],
    "",
    { files: ["compose.yaml", "compose.override.yaml"], others: ["compose.prod.yaml"] },
  ],
  [
    "a file of another name without an override",
    ["docker-compose.override.yml", "docker-compose.prod.yml"],
    "docker-compose.prod.yml",
    { files: ["docker-compose.prod.yml"], others: ["docker-compose.override.yml"] },
  ],
  ["a folder below", ["shop/compose.yml", "compose.yml"], "shop", { files: ["shop/compose.yml"], others: [] }],
  ["nothing", ["readme.md"], "", undefined],
])("%s", (_, paths, path, expected) => {
  expect(composeFiles(sourceFiles(Object.fromEntries(paths.map((each) => [each, ""]))), path)).toEqual(expected);
});

const values = new Map([
  ["SET", "here"],
  ["EMPTY", ""],
]);

test.each<[text: string, expected: string | undefined, unknown: string[]]>([
  ["$SET-${SET}", "here-here", []],
  ["${EMPTY:-other} ${EMPTY-other}", "other ", []],
  ["${NONE:-${SET}/x}", "here/x", []],
  ["${NONE:-a}b}", "ab}", []],
  ["${SET:+yes}${NONE:+no}", "yes", []],
  ["$$SET $${SET}", "$SET ${SET}", []],
  ["${NONE} $ALSO", " ", ["NONE", "ALSO"]],
  ["${NONE:?say it}", "", ["NONE"]],
  ["${SET", undefined, []],
  ["5 $ a day", undefined, []],
])("%s is filled in", (text, expected, unknown) => {
  expect(filled(text, values)).toEqual(expected === undefined ? undefined : { text: expected, unknown });
});

test("an .env file has comments, quotes, lines and names alone", () => {
  const text = '# a\nA=b # c\nexport B=\'x # y\'\nC="1\\n2"\nD="over\nlines"\nE\nF=a=b\nG: yaml\n';
  expect([...environmentFile(text)].map(([name, { value }]) => [name, value])).toEqual([
    ["A", "b"],
    ["B", "x # y"],
    ["C", "1\n2"],
    ["D", "over\nlines"],
    ["E", undefined],
    ["F", "a=b"],
    ["G", "yaml"],
  ]);
});

test("values of .env and of files of variables come in Compose's order", () => {
  const texts = {
    "compose.yaml":
      "services: { api: { image: 'a:1', env_file: [one.env, { path: two.env }], environment: { OWN: own, FROM: '${FROM_ENV}', ONLY: } } }\n",
    ".env": "FROM_ENV=dotenv\nONLY=also\n",
    "one.env": "OWN=one\nTWICE=one\nX=${FROM_ENV}\n",
    "two.env": "TWICE=two\n",
  };
  expect(environmentOf(texts)).toEqual({ OWN: "own", TWICE: "two", X: "dotenv", FROM: "dotenv", ONLY: "also" });
});

test("an override merges maps, adds to lists, replaces commands, resets and overrides", () => {
  const result = imported({
    "compose.yaml": `services:
  api:
    image: a:1
    command: [one, two]
    environment: [A=1, B=1]
    ports: ["80:80"]
    user: "7"
    tmpfs: [/a]
`,
    "compose.override.yaml": `services:
  api:
    command: [three]
    environment: { B: "2" }
    ports: !override ["90:90"]
    user: !reset null
    tmpfs: [/b]
`,
  });
  expect(result.problems).toEqual([]);
  expect(result.services[0]!.layers.base).toMatchObject({
    command: ["three"],
    environment: { A: "1", B: "2" },
    containerPort: 90,
    user: "image",
    writableMounts: ["/a", "/b"],
  });
  expect(result.findings.filter(({ outcome }) => outcome === "ignored").map(({ source }) => source)).toEqual(
    expect.arrayContaining(["services.api.command", "services.api.ports", "services.api.user"]),
  );
});

test("a service extends one of its own file and one of another, whose paths are its own", () => {
  const texts = {
    "compose.yaml": `services:
  base: { image: 'a:1', environment: { A: base, B: base } }
  api: { extends: base, environment: { B: own } }
  web: { extends: { file: common/services.yaml, service: web }, environment: { C: own } }
`,
    "common/services.yaml":
      "services: { web: { build: ./web, environment: { C: common, D: common } }, unused: { image: 'x:1', nonsense: 1 } }\n",
    "common/web/Dockerfile": "FROM scratch\n",
  };
  const result = imported(texts);
  expect(result.problems).toEqual([]);
  expect(environmentOf(texts)).toEqual({ A: "base", B: "own" });
  expect(environmentOf(texts, "web")).toEqual({ C: "own", D: "common" });
  expect(result.services.find(({ name }) => name === "web")!.layers.base.build).toEqual({
    context: "../../common/web",
    dockerfile: "../../common/web/Dockerfile",
  });
});

test("a service that extends itself is a problem with its place", () => {
  const { problems } = imported({ "compose.yaml": "services:\n  a: { image: 'x:1', extends: b }\n  b: { image: 'x:1', extends: a }\n" });
  expect(problems).toMatchObject([
    { code: "FL2904", line: 2 },
    { code: "FL2904", line: 3 },
  ]);
});

test("what is included is taken over with its own folder, and a circle is a problem", () => {
  const texts = {
    "compose.yaml": "include: [data/compose.yaml]\nservices: { api: { image: 'a:1', depends_on: [db] } }\n",
    "data/compose.yaml": "services: { db: { image: 'postgres:16' } }\nvolumes: { unused: {} }\n",
  };
  expect(imported(texts).services[0]!.layers.base.uses).toEqual([{ name: "db" }]);
  const circle = { ...texts, "data/compose.yaml": "include: [../compose.yaml]\nservices: { db: { image: 'postgres:16' } }\n" };
  expect(imported(circle).problems).toMatchObject([{ code: "FL2904", file: "data/compose.yaml", line: 1 }]);
});

test("services of profiles are taken over where they are asked for", () => {
  const texts = { "compose.yaml": "services:\n  api: { image: 'a:1' }\n  seed: { image: 's:1', profiles: [seed] }\n" };
  const without = imported(texts);
  expect(without.services.map(({ name }) => name)).toEqual(["api"]);
  expect(without.findings).toContainEqual(
    expect.objectContaining({ outcome: "ignored", source: "services.seed", place: expect.objectContaining({ line: 3 }) as unknown }),
  );
  expect(imported(texts, { profiles: ["seed"] }).services.map(({ name }) => name)).toEqual(["api", "seed"]);
});

test("anchors and x- keys are read, and numbers are what Compose makes of them", () => {
  const result = imported({
    "compose.yaml": `x-common: &common
  environment: &variables { A: "1", TIME: 22:22, OCTAL: 010, YES: on }
services:
  api:
    <<: *common
    image: a:1
    environment: { <<: *variables, B: 2.0 }
    ports: [22:22]
`,
  });
  expect(result.problems).toEqual([]);
  expect(result.services[0]!.layers.base).toMatchObject({
    environment: { A: "1", TIME: "22:22", OCTAL: "8", YES: "on", B: "2" },
    containerPort: 22,
    tcp: { port: 22 },
  });
});

test.each([
  ["no map", "- a\n", "FL2901"],
  ["no services", "name: x\n", "FL2904"],
  ["services that are none", "services: [a]\n", "FL2904"],
  ["a service that is none", "services: { a: 3 }\n", "FL2904"],
  ["neither an image nor a build", "services: { a: { ports: [] } }\n", "FL2904"],
  ["an alias of nothing", "services: { a: *x }\n", "FL2901"],
  ["a tab", "services:\n\ta: b\n", "FL2901"],
])("a file with %s is a problem with its place", (_, text, code) => {
  expect(imported({ "compose.yaml": text }).problems[0]).toMatchObject({ code, file: "compose.yaml" });
});

test("a profile that is asked for is said of its services", () => {
  const texts = { "compose.yaml": "services: { seed: { image: 's:1', profiles: [seed] } }\n" };
  const { findings, problems } = imported(texts, { profiles: ["seed"] });
  expect(problems).toEqual([]);
  expect(findings).toContainEqual(expect.objectContaining({ source: "services.seed.profiles", outcome: "exact" }));
});
