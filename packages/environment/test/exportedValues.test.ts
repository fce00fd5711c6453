import { compositionFile, named, planOf, ProjectFolder, service } from "./harness";

test("a variable has what another stack exports, and others are made of it", async () => {
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service(
      "web",
      "containerPort: 80",
      "cloudFormationExports: { BUCKET: shop-dev-Bucket }",
      'composedEnvironment: { URL: "s3://${BUCKET}/x" }',
    ),
  });
  const plan = await planOf(project);
  project.remove();
  const { containerDefinitions } = named(plan, "aws:ecs/taskDefinition:TaskDefinition", "web").inputs;
  const [container] = JSON.parse(containerDefinitions as string) as [{ environment: { name: string; value: string }[] }];
  const valueOf = (wanted: string) => container.environment.find(({ name }) => name === wanted)!.value;
  expect(valueOf("BUCKET")).toContain("shop-dev-Bucket");
  expect(valueOf("URL")).toBe(`s3://${valueOf("BUCKET")}/x`);
});
