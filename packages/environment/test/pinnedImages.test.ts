import { compositionFile, named, ofType, planOf, ProjectFolder, refusalOf, service } from "./harness";

let project: ProjectFolder;
beforeAll(() => {
  project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("api", "containerPort: 3000"),
    ...service("web", "containerPort: 8080"),
  });
});
afterAll(() => project.remove());

const digest = `sha256:${"1".repeat(64)}`;
const pins = (value: unknown) => ({ pinnedImages: JSON.stringify(value) });
const api = { tag: "0.9.0-bbbbbbbbbbbb-arm64", digest };

test("a service that is pinned runs that image of its own repository, and builds none", async () => {
  const plan = await planOf(project, pins({ api }));
  const { inputs } = named(plan, "aws:ecs/taskDefinition:TaskDefinition", "api");
  expect(JSON.parse(inputs.containerDefinitions as string)[0].image).toMatch(new RegExp(`Repository::api#repositoryUrl\\}@${digest}$`));
  expect(ofType(plan, "docker-build:index:Image").map(({ name }) => name)).toEqual(["web-arm64"]);
  expect(named(plan, "fairlead:stacks:Service", "api").inputs).toMatchObject({ imageTag: api.tag, pinnedImage: digest });
  expect(named(plan, "pulumi-nodejs:dynamic/fairlead:ImageInspection", "api").inputs).toMatchObject({
    containers: { api: { image: expect.stringContaining(digest) } },
  });
  expect(plan.outputs.releases).toMatchObject({ api: { tag: api.tag, revision: "bbbbbbbbbbbb" } });
});

test("without pins nothing of them is in the plan", async () => {
  const plan = await planOf(project);
  expect(named(plan, "fairlead:stacks:Service", "api").inputs).not.toHaveProperty("pinnedImage");
});

test("a pin needs no promotion, and sources that are not committed don't matter to it", async () => {
  const both = pins({ api, web: api });
  const plan = await planOf(project, { ...both, promoteFrom: "staging" });
  expect(ofType(plan, "docker-build:index:Image")).toEqual([]);
  await expect(planOf(project, { ...both, uncommittedSources: "refuse" })).resolves.toBeDefined();
});

test("a pin of a service that there is not, and one that is none, are refused", async () => {
  expect(await refusalOf(planOf(project, pins({ old: api })))).toMatch(
    /^FL2012 dev pins images of services that it doesn't have, or whose image it doesn't build: old\./,
  );
  for (const value of [{ api: "1.0.0" }, { api: { tag: "x" } }, { api: { ...api, digest: "sha256:1" } }]) {
    expect(await refusalOf(planOf(project, pins(value)))).toContain("FL2407 shop:pinnedImages.api is");
  }
  expect(await refusalOf(planOf(project, pins(["api"])))).toContain("FL2407");
});
