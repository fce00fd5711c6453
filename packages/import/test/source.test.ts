import { parseSource } from "../src/source/parseSource";
import { childOf, textOf, type SourceNode } from "../src/source/sourceNode";
import { findingsOf, imported, importedService } from "./application";

const web = "Load Balanced Web Service";

function at(root: SourceNode | undefined, ...keys: string[]): SourceNode | undefined {
  return keys.reduce<SourceNode | undefined>((node, key) => childOf(node, key), root);
}

test("anchors and merge keys are what they stand for, with the place where that was written", () => {
  const { root } = parseSource(
    "a.yml",
    "x-base: &base\n  cpu: 256\n  memory: 512\nenv:\n  <<: *base\n  cpu: 1024\nlist:\n  <<: [*base, { more: 1 }]\n",
    "FL2901",
  );
  expect(at(root, "env", "cpu")).toMatchObject({ text: "1024", place: { line: 6, column: 8 } });
  expect(at(root, "env", "memory")).toMatchObject({ text: "512", place: { file: "a.yml", line: 3, column: 11 } });
  expect(at(root, "list", "more")).toMatchObject({ text: "1" });
});

test("what an alias stands for is claimed wherever it is taken", () => {
  const { result, base, environments } = importedService(
    web,
    "x-big: &big\n  cpu: 1024\n  memory: 2048\nenvironments:\n  prod:\n    <<: *big",
  );
  expect(result.problems).toEqual([]);
  expect(base.cpu).toBeUndefined();
  expect(environments).toEqual({ prod: { cpu: 1024, memoryMiB: 2048 } });
});

test.each([
  ["an open quote", "a: 'b\n", "this is not YAML: Missing closing 'quote"],
  ["a key that stands twice", "a: 1\nb: 2\na: 3\n", "a key stands twice in one map"],
  ["an alias of nothing", "a: *b\n", 'nothing is anchored as "b"'],
  ["an alias within what it stands for", "a: &a\n  b: *a\n", "an alias stands within what it stands for"],
  ["bytes that are no text", "a: \0\n", "this is not a text in UTF-8"],
])("%s is a problem FL2901 with its place", (_, text, problem) => {
  const { problems } = imported({ "copilot/api/manifest.yml": text });
  expect(problems).toEqual([
    expect.objectContaining({ code: "FL2901", file: "copilot/api/manifest.yml", problem: expect.stringContaining(problem) as string }),
  ]);
});

test("a text that is empty, null or none is no text", () => {
  const { root } = parseSource("a.yml", "a: x\nb: ''\nc: null\nd: ~\ne:\nf: [x]\n", "FL2901");
  expect([..."abcdefg"].map((key) => textOf(childOf(root, key)))).toEqual(["x", ...Array<undefined>(6).fill(undefined)]);
});

test("aliases of aliases that stand for more than any memory holds end at once", () => {
  const lines = Array.from(
    { length: 12 },
    (_, level) => `a${level}: &a${level} [${Array.from({ length: 10 }, () => (level === 0 ? "x" : `*a${level - 1}`)).join(", ")}]`,
  );
  const { root, problems } = parseSource("a.yml", lines.join("\n"), "FL2901");
  expect(root).toBeUndefined();
  expect(problems).toEqual([
    expect.objectContaining({ code: "FL2901", file: "a.yml", problem: expect.stringMatching(/its aliases stand for too much/) as string }),
  ]);
});

test.each([
  ["cpu: many", "cpu", "a whole number"],
  ["count: { range: 1to5 }", "count.range", "two numbers"],
  ["exec: perhaps", "exec", "true or false"],
  ["http: { path: /, healthcheck: { interval: 15 } }", "http.healthcheck.interval", "a duration with its unit"],
  ["platform: linux/mips", "platform", "linux/x86_64"],
  ["command: 'a \"b'", "command", "words that a shell can split"],
])("%s is a problem FL2904, as it is to Copilot", (rest, key, expected) => {
  const { problems } = importedService(web, rest).result;
  expect(problems).toEqual([
    expect.objectContaining({
      code: "FL2904",
      file: "copilot/api/manifest.yml",
      problem: expect.stringContaining(key) as string,
      expected: expect.stringContaining(expected) as string,
    }),
  ]);
});

test("a type that Copilot doesn't have is a problem FL2904", () => {
  expect(importedService("Web Service", "").result.problems).toEqual([
    expect.objectContaining({ code: "FL2904", problem: 'the type is "Web Service"' }),
  ]);
});

test("a key that nobody knows is a problem FL2902 with its place, and a finding where that is allowed", () => {
  const rest = "http:\n  path: /\n  nonsense: 1\nfrobnicate:\n  a: b";
  const { problems } = importedService(web, rest).result;
  expect(problems).toEqual([
    expect.objectContaining({ code: "FL2902", line: 8, column: 3, problem: "nobody knows the key http.nonsense" }),
    expect.objectContaining({ code: "FL2902", line: 9, column: 1, problem: "nobody knows the key frobnicate" }),
  ]);
  const { result } = importedService(web, rest, {}, { lenient: true });
  expect(result.problems).toEqual([]);
  expect([...findingsOf(result, "http.nonsense"), ...findingsOf(result, "frobnicate")].map(({ outcome }) => outcome)).toEqual([
    "ignored",
    "ignored",
  ]);
});

test("a key that is known in a form that nothing reads is a problem FL2903", () => {
  expect(importedService(web, "sidecars: [a, b]").result.problems).toEqual([
    expect.objectContaining({ code: "FL2903", line: 6, problem: "sidecars[0] was not taken over, and nothing was said of it" }),
    expect.objectContaining({ code: "FL2903" }),
  ]);
});

test("a known key in such a form is to be decided, where that is allowed", () => {
  const { result } = importedService(web, "sidecars: [a]", {}, { lenient: true });
  expect(result.problems).toEqual([]);
  expect(result.findings.filter(({ source }) => source.startsWith("sidecars"))).toEqual([expect.objectContaining({ outcome: "decide" })]);
});

test.each([
  ["desired_coun: 1\nmemorry: 512", "memorry", "Was memory meant?"],
  ["http: { path: /, healtcheck: /x }", "http.healtcheck", "Was healthcheck meant?"],
  ["subscribe: { queue: { timeout: 5s } }", "subscribe", "reads it in a Worker Service"],
  ["http: { path: /, healthy_threshold: 3 }", "http.healthy_threshold", "reads it as http.healthcheck.healthy_threshold alone"],
  ["image: { port: 8080, build: { context: api, platforms: [linux/amd64] } }", "image.build.platforms", "it is one of Compose's build"],
  ["count: { range: 1-3, cpu_percentage: 50, spot_from: 2 }", "count.spot_from", "reads it as count.range.spot_from alone"],
  ["observability: { container_insights: true }", "observability.container_insights", "reads it in an environment's manifest"],
  ["variables:", "variables", "it is empty"],
])("%s is ignored, as Copilot does, and it is said how that is known", (rest, source, text) => {
  const { result } = importedService(web, rest, {}, { lenient: true });
  expect(findingsOf(result, source)).toEqual([
    expect.objectContaining({ outcome: "ignored", text: expect.stringContaining(text) as string }),
  ]);
});

test("names that no container's variable has are left out, and said", () => {
  const { result, base } = importedService(web, "variables: { 'a b': c, a.b-c: d }\nsecrets: { 'd e': /f }");
  expect([base.environment, base.secrets]).toEqual([{ "a.b-c": "d" }, undefined]);
  expect([...findingsOf(result, "variables.a b"), ...findingsOf(result, "secrets.d e")].map(({ outcome }) => outcome)).toEqual([
    "dropped",
    "dropped",
  ]);
});

test("a variable of whoever deploys is declared, and told of once", () => {
  const { result, base } = importedService(web, "variables: { A: 'x-${TAG}', B: '${TAG}' }");
  expect(result.findings.filter(({ was }) => was === "${TAG}")).toEqual([
    expect.objectContaining({ outcome: "exact", source: "variables.A", to: "deployerVariables.TAG" }),
  ]);
  expect(base).toMatchObject({ environment: { A: "x-${TAG}", B: "${TAG}" }, deployerVariables: { TAG: {} } });
});
