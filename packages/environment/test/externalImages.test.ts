import { compositionFile, named, ofType, planOf, ProjectFolder, refusalOf, service } from "./harness";

const project = new ProjectFolder({
  "stacks/dev.ts": compositionFile,
  ...service("api", "containerPort: 3000"),
  "apps/web/service.yaml": "name: web\ncontainerPort: 8080\nimage: public.ecr.aws/nginx/nginx:1.29\n",
});
afterAll(() => project.remove());

test("an image that others build has no repository here, and the task gets the digest that it had first", async () => {
  const plan = await planOf(project);
  expect(ofType(plan, "aws:ecr/repository:Repository").map(({ name }) => name)).not.toContain("web");
  expect(ofType(plan, "pulumi-nodejs:dynamic/fairlead:DeployedTag").map(({ name }) => name)).toEqual(["api-deployed"]);
  expect(named(plan, "pulumi-nodejs:dynamic/fairlead:PinnedImage", "web-web").inputs).toMatchObject({
    image: "public.ecr.aws/nginx/nginx:1.29",
  });
  const { inputs } = named(plan, "aws:ecs/taskDefinition:TaskDefinition", "web");
  expect(JSON.parse(inputs.containerDefinitions as string)[0].image).toMatch(/PinnedImage::web-web#reference\}$/);
  expect(named(plan, "fairlead:stacks:Service", "web").inputs).not.toHaveProperty("imageTag");
});

test("it is no release that another environment takes over", async () => {
  const plan = await planOf(project);
  expect(Object.keys(plan.outputs.releases as object)).toEqual(["api"]);
  expect(Object.keys(plan.outputs.images as object)).toEqual(["api", "web"]);
});

test("an environment that takes images over from another has it by its own manifest", async () => {
  const refusal = await refusalOf(planOf(project, { promoteFrom: "staging" }));
  expect(refusal).toContain("api: never promoted to dev");
  expect(refusal).not.toContain("web");
});

test("it can't be pinned by a rollback", async () => {
  const pins = { pinnedImages: JSON.stringify({ web: { tag: "1.0.0", digest: `sha256:${"1".repeat(64)}` } }) };
  expect(await refusalOf(planOf(project, pins))).toMatch(
    /^FL2012 dev pins images of services that it doesn't have, or whose image it doesn't build: web/,
  );
});
