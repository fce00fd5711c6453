import { ContainerDefinition$, RegisterTaskDefinitionRequest$, TaskDefinition$ } from "@aws-sdk/client-ecs";

import { taskDefinitionRows } from "../../src";
import { leadsOn, rowAt } from "../../src/taskDefinition/mapping";
import { defaultsTable } from "../../src/taskDefinition/page";
import { examples } from "./examples";
import { definition, findingsOf, imported } from "./definition";

type Values = Record<string, unknown>;
/** Members of a structure of AWS's SDK. */
const membersOf = (schema: unknown) => (schema as unknown[])[4] as string[];

test.each([
  ["RegisterTaskDefinition", membersOf(RegisterTaskDefinitionRequest$), []],
  ["describe-task-definition", membersOf(TaskDefinition$), []],
  ["a container", membersOf(ContainerDefinition$), ["containerDefinitions", 0]],
])("every key of %s, as AWS's SDK has them, is in the mapping", (_, members, above) => {
  expect(members.length).toBeGreaterThan(15);
  expect(members.filter((key) => !rowAt([...above, key]) && !leadsOn([...above, key]))).toEqual([]);
});

/** A value at a path of the mapping: `volumes[].name`. */
function at([key, ...others]: string[], value: unknown): unknown {
  const inner = others.length === 0 ? value : at(others, value);
  return key === "[]" ? [inner] : { [key === "*" ? "mine" : key!]: inner };
}

const merged = (a: unknown, b: unknown): unknown => {
  if (Array.isArray(a) && Array.isArray(b)) return [merged(a[0], b[0]), ...(a.length > b.length ? a : b).slice(1)];
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) || Array.isArray(b)) return b;
  return {
    ...a,
    ...Object.fromEntries(Object.entries(b).map(([key, value]) => [key, key in a ? merged((a as Values)[key], value) : value])),
  };
};

test.each(taskDefinitionRows)("$path is $outcome", ({ path, outcome }) => {
  const { value = "x", beside = {}, expected = outcome } = examples[path] ?? {};
  const base = merged(JSON.parse(definition({ portMappings: undefined })), beside);
  const text = JSON.stringify(merged(base, at(path.replaceAll("[]", ".[]").split("."), value)));
  const result = imported({ "task-definition.json": text });
  expect(result.problems).toEqual([]);
  const source = path.replaceAll("[]", "[0]").replaceAll("*", "mine");
  expect(findingsOf(result, source).map((finding) => finding.outcome)).toContain(expected);
});

test("no key stands twice, and no example is of a key that is not there", () => {
  const paths = taskDefinitionRows.map(({ path }) => path);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  expect(Object.keys(examples).filter((path) => !paths.includes(path))).toEqual([]);
});

test("a key that nobody knows ends the import, and is in the report with --lenient: FL2902", () => {
  const text = definition({ enviroment: [] }, { cpuUnits: 1 });
  const { problems } = imported({ "task-definition.json": text });
  expect(problems.map(({ code, problem }) => [code, problem])).toEqual([
    ["FL2902", "nobody knows the key cpuUnits"],
    ["FL2902", "nobody knows the key containerDefinitions[0].enviroment"],
  ]);
  expect(problems[1]!.expected).toContain("environment");
  const { problems: none, findings } = imported({ "task-definition.json": text }, { lenient: true });
  expect(none).toEqual([]);
  expect(findings).toContainEqual(expect.objectContaining({ source: "containerDefinitions[0].enviroment", outcome: "ignored" }));
});

test("a key that is known, in a form that is none, is not left out in silence: FL2903", () => {
  const { problems } = imported({ "task-definition.json": definition({ portMappings: [8080] }) });
  expect(problems).toMatchObject([{ code: "FL2903", problem: expect.stringContaining("portMappings[0]") as string }]);
});

test("what stands in angle brackets, or has a bar, stays a text of the page's table", () => {
  const texts = { before: "`<NAME>`", fairlead: "a | b", why: "<b>" };
  expect(defaultsTable([{ what: "Name", ...texts }])).toContain("| Name | `<NAME>` | a \\| b | &lt;b> |");
});
