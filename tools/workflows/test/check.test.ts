import { jobsOf, readJson, workflows } from "../testing/workflows";

const { engines, scripts } = readJson<{ engines: { node: string }; scripts: Record<string, string> }>("package.json");
const { check, test: tests, environment } = jobsOf("check.yml");

test("the checks run on pull requests, and when another workflow calls them", () => {
  const { workflow } = workflows.find(({ file }) => file === "check.yml")!;
  expect(Object.keys(workflow.on).sort()).toEqual(["pull_request", "workflow_call"]);
});

test("the checks are scripts of package.json", () => {
  const names = check!.strategy!.matrix.script as string[];
  expect(names).toEqual(expect.arrayContaining(["lint", "typecheck", "plans", "owners", "test:slow"]));
  expect(names.filter((name) => !(name in scripts))).toEqual([]);
});

test("the oldest Node that package.json allows is tested, and newer ones", () => {
  const [floor, ...newer] = tests!.strategy!.matrix.node as string[];
  expect(`>=${floor}`).toBe(engines.node);
  expect(newer.length).toBeGreaterThan(0);
});

test("all of it is tested together on pull requests, by the command that a person types", () => {
  expect(environment!.if).toBe("github.event_name == 'pull_request'");
  expect(environment!.steps!.at(-1)!.run).toMatch(/fairlead local test$/);
});
