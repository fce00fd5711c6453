import { composeFiles, filesOf, importCompose } from "../../src";
import { commandWords } from "../../src/compose/commandWords";
import { environmentFile, rawEnvironmentFile } from "../../src/compose/environmentFile";
import { plainText } from "../../src/compose/plainText";
import { sourceFiles } from "../application";
import { findingsOf, imported, importedService } from "./project";

/** By what Compose's own YAML reader and its way of writing make of each. */
test.each([
  ["010", "8"],
  ["08", "8"],
  ["0o17", "15"],
  ["0x1F", "31"],
  ["0b101", "5"],
  ["1_000", "1000"],
  ["+5", "5"],
  ["-0", "-0"],
  ["1e3", "1000"],
  ["1.0", "1"],
  ["1.50", "1.5"],
  [".5", "0.5"],
  ["0.00001", "1e-05"],
  ["1e6", "1e+06"],
  ["1234567.5", "1.2345675e+06"],
  ["999999.5", "999999.5"],
  ["18446744073709551615", "18446744073709551615"],
  ["18446744073709551616", "1.8446744073709552e+19"],
  ["True", "true"],
  ["FALSE", "false"],
  [".inf", "+Inf"],
  ["yes", "yes"],
  ["on", "on"],
  ["22:22", "22:22"],
  ["1.2.3", "1.2.3"],
  ["1_0.5x", "1_0.5x"],
  ["2024-01-31", "2024-01-31 00:00:00 +0000 UTC"],
  ["2024-1-3", "2024-01-03 00:00:00 +0000 UTC"],
  ["2024-01-31T10:20:30.5Z", "2024-01-31 10:20:30.5 +0000 UTC"],
  ["2024-01-31 10:20:30", "2024-01-31 10:20:30 +0000 UTC"],
  ["2024-02-30", "2024-02-30"],
  ["constructor", "constructor"],
])("%s without quotes is %s", (text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test("only values of maps that stand without quotes are numbers: not those of lists, nor what is filled in", () => {
  const { manifest } = importedService("environment: { A: 010, B: '010', C: !!str 010, D: '${N:-010}' }\nlabels: { n: 1e3 }", {
    ".env": "",
  });
  expect(manifest.environment).toEqual({ A: "8", B: "010", C: "010", D: "010" });
  expect(manifest.dockerLabels).toEqual({ n: "1000" });
  expect(importedService("environment: [A=010]").manifest.environment).toEqual({ A: "010" });
  expect(importedService("build: { context: ., args: { A: 1_000 } }").manifest.build).toMatchObject({ args: { A: "1000" } });
});

test("files of variables are read as Compose reads them", () => {
  const text = [
    "A=one",
    "B=${A} # ${A}",
    "C='${A}\\n'",
    'D="${A}\\t\\$A"',
    "E=#none",
    "F=a#b",
    "G='it\\'s'",
    "H=${SHELL_ONLY:-x}",
    "I=$NOBODY",
    "bad name=1",
    "K=\\0101",
    'L="\\0101"',
  ].join("\n");
  const read = environmentFile(text, new Map([["SHELL_ONLY", "set"]]));
  expect(Object.fromEntries([...read].map(([name, { value }]) => [name, value]))).toEqual({
    ...{
      A: "one",
      B: "one",
      C: "${A}\\n",
      D: "one\t$A",
      E: "#none",
      F: "a#b",
      G: "it's",
      H: "set",
      I: "",
      K: "\\0101",
      L: "A",
    },
  });
  expect(read.get("I")!.unknown).toEqual(["NOBODY"]);
});

test("a file of format raw has what follows the equals sign, as it is", () => {
  const read = rawEnvironmentFile("# x\nA='one' # $A\n  B= two \nC\n", new Map([["C", "own"]]));
  expect([...read].map(([name, { value }]) => [name, value])).toEqual([
    ["A", "'one' # $A"],
    ["B", " two "],
    ["C", "own"],
  ]);
  const { manifest } = importedService("env_file: [{ path: a.env, format: raw }]", { "a.env": "A='$x'\n" });
  expect(manifest.environment).toEqual({ A: "'$x'" });
});

test(".env fills its own values in", () => {
  const { manifest } = importedService("environment: { URL: '${BASE}/x' }", { ".env": "HOST=a.example.com\nBASE=https://${HOST}\n" });
  expect(manifest.environment).toEqual({ URL: "https://a.example.com/x" });
});

test.each<[text: string, expected: ReturnType<typeof commandWords>]>([
  ["run 'a; b' \"c | d\"", { words: ["run", "a; b", "c | d"] }],
  ["npm run a && npm run b", { words: ["npm", "run", "a"], unread: "&& npm run b" }],
  ["run a;b", { words: ["run", "a"], unread: ";b" }],
  ["run 2>/dev/null", { words: ["run"], unread: ">/dev/null" }],
  ["echo $(date +%s)", { words: ["echo", "$(date +%s)"] }],
  ["a\\ b c\\tx # y", { words: ["a b", "c\tx", "#", "y"] }],
  ["run 'open", undefined],
  ["run (a)", undefined],
])("%s is split as Compose does", (text, expected) => {
  expect(commandWords(text)).toEqual(expected);
});

test("of a command with a semicolon the service has what Compose runs, and the report says so", () => {
  const { result, manifest } = importedService("command: migrate; serve");
  expect(manifest.command).toEqual(["migrate"]);
  expect(findingsOf(result, "command")).toMatchObject([{ outcome: "exact", text: expect.stringContaining("starts no shell") as string }]);
});

test("a whole service is taken away by !reset", () => {
  const result = imported({
    "compose.yaml": "services: { api: { image: 'a:1' }, gone: { image: 'g:1', nonsense: 1 } }\nvolumes: { v: {} }\n",
    "compose.override.yaml": "services: { gone: !reset null }\nvolumes: !reset {}\n",
  });
  expect(result.problems).toEqual([]);
  expect(result.services.map(({ name }) => name)).toEqual(["api"]);
  expect(result.findings).toContainEqual(expect.objectContaining({ source: "services.gone", outcome: "ignored" }));
});

test("a range of exposed ports opens nothing, and refuses nothing", () => {
  const { result, manifest } = importedService("expose: ['3000-3005', '8000/tcp']");
  expect(result.problems).toEqual([]);
  expect(manifest.containerPort).toBe(8000);
  expect(findingsOf(result, "expose[0]")).toMatchObject([{ outcome: "ignored" }]);
});

test("of a name that stands twice in a list the last entry counts", () => {
  const { result, manifest } = importedService("environment: [A=1, B=2, A=3]\nbuild: { context: ., args: [X=1, X=2] }");
  expect(result.problems).toEqual([]);
  expect([manifest.environment, manifest.build]).toMatchObject([{ A: "3", B: "2" }, { args: { X: "2" } }]);
  expect(findingsOf(result, "environment[0]")).toMatchObject([{ outcome: "ignored" }]);
});

test(".env names the files, the project and the profiles", () => {
  const texts = {
    ".env": "COMPOSE_FILE=base.yml:more.yml\nCOMPOSE_PROJECT_NAME=orders\nCOMPOSE_PROFILES=a, b\n",
    "base.yml": "name: other\nservices: { api: { image: 'a:1', profiles: [a] } }\n",
    "more.yml": "services: { web: { image: 'w:1', profiles: [b] }, not: { image: 'n:1', profiles: [c] } }\n",
    "compose.yaml": "services: { unread: { image: 'u:1' } }\n",
  };
  const files = sourceFiles(texts);
  expect(composeFiles(files, "")).toEqual({ files: ["base.yml", "more.yml"], others: ["compose.yaml"] });
  expect(composeFiles(files, "compose.yaml")?.files).toEqual(["compose.yaml"]);
  const { application, services } = imported(texts);
  expect([application, services.map(({ name }) => name)]).toEqual(["orders", ["api", "web"]]);
  expect(imported(texts, { profiles: ["c"] }).services.map(({ name }) => name)).toEqual(["not"]);
});

test("the documents of a file are merged, as files are", () => {
  const result = imported({
    "compose.yaml": "services: { api: { image: 'a:1', user: '1' } }\n---\nservices: { api: { user: '2' }, web: { image: 'w:1' } }\n---\n",
  });
  expect(result.problems).toEqual([]);
  expect(result.services.map(({ name, layers }) => [name, layers.base.user])).toEqual([
    ["api", "2"],
    ["web", "image"],
  ]);
});

test("a variable may be called __proto__", () => {
  const { result, manifest } = importedService("environment: { __proto__: x, A: b }");
  expect(Object.entries(manifest.environment as object)).toEqual([
    ["__proto__", "x"],
    ["A", "b"],
  ]);
  expect(filesOf(result).get("apps/api/service.yaml")).toContain("__proto__: x");
});

test("limits of open files are Fargate's at most", () => {
  const { result, manifest } = importedService("ulimits: { nofile: { soft: 4096, hard: -1 } }");
  expect(manifest.ulimits).toEqual([{ name: "nofile", softLimit: 4096, hardLimit: 1048576 }]);
  expect(findingsOf(result, "ulimits.nofile")).toMatchObject([{ outcome: "changed" }]);
});

test("who depends on what is not there is a problem, as it is with Compose, unless it is not required", () => {
  expect(importedService("depends_on: [nobody]").result.problems).toMatchObject([{ code: "FL2904", line: 4 }]);
  expect(importedService("depends_on: { nobody: { condition: service_started, required: false } }").result.problems).toEqual([]);
});

test("names of services within what names have room for stay different", () => {
  const long = "a".repeat(45);
  const { services } = imported({ "compose.yaml": `services: { ${long}: { image: 'a:1' }, ${long}b: { image: 'b:1' } }\n` });
  expect(services.map(({ name }) => name)).toEqual(["a".repeat(40), `${"a".repeat(38)}-2`]);
});

test("what steers a terminal is written out in the report", () => {
  const files = sourceFiles({ "compose.yaml": 'services: { api: { image: "a:1", "x-\\e[31m": 1, environment: { A: "\\e[2J" } } }\n' });
  const result = importCompose({
    files,
    project: composeFiles(files, "")!,
    name: "\u001b[1mshop",
    toWorkspace: () => "../..",
    lenient: false,
  });
  expect([...filesOf(result)].filter(([, text]) => text.includes("\u001b")).map(([path]) => path)).toEqual([]);
});

test("a mount whose place is a variable that nobody knows is to be decided", () => {
  const { result } = importedService("volumes: ['${PLACE}:/srv/files']");
  expect(result.problems).toEqual([]);
  expect(findingsOf(result, "volumes[0]")).toMatchObject([{ outcome: "decide" }]);
});
