import { planOf, ProjectFolder, refusalOf, service } from "./harness";

/** A composition that lacks these, as JavaScript lets it. */
const lacking = (...names: string[]) =>
  `module.exports = { default: (settings) => require(${JSON.stringify(require.resolve("./harness"))}).composition(settings, ${`{ ${names
    .map((name) => `${name}: undefined`)
    .join(", ")} }`}) };\n`;

let project: ProjectFolder;
beforeEach(() => {
  project = new ProjectFolder({
    ...service("api", "containerPort: 3000", "routes: [{ path: /api/* }]"),
    ...service("writer", "kind: worker", "uses: [{ name: jobs }]"),
  });
});
afterEach(() => project.remove());

test.each([
  ["serviceDiscovery", "others find a service with `containerPort` by it (api)"],
  ["loadBalancer", "`routes` lead through it (api)"],
  ["data", "`uses` names what is in it (writer)"],
  ["network", "tasks run in it (api, writer)"],
  ["cluster", "tasks run in it (api, writer)"],
  ["logs", "what tasks write is kept by it (api, writer)"],
])("a composition without %s is refused with what needs it, and no resource is made", async (name, why) => {
  project.write({ "stacks/dev.ts": lacking(name) });
  expect(await refusalOf(planOf(project))).toContain(
    `FL2412 The composition of dev lacks what its services need.\n  ${name} is undefined: expected one, since ${why}`,
  );
});

test("all that is missing is told at once, and what no service needs is not asked for", async () => {
  project.write({ "stacks/dev.ts": lacking("serviceDiscovery", "loadBalancer") });
  expect(await refusalOf(planOf(project))).toMatch(/loadBalancer is undefined.*\n.*serviceDiscovery is undefined/);
  const workers = new ProjectFolder({ "stacks/dev.ts": lacking("serviceDiscovery", "loadBalancer"), ...service("writer", "kind: worker") });
  expect(await refusalOf(planOf(workers))).toBe("nothing: it was planned");
  workers.remove();
});
