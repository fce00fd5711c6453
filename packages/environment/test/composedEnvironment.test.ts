import { compositionFile, named, planOf, ProjectFolder, service } from "./harness";

test("variables are made of those that a service has: its own, its callees' and its data's", async () => {
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...service("api", "containerPort: 3000"),
    ...service(
      "web",
      "containerPort: 80",
      "calls: [api]",
      "uses: [{ name: jobs }]",
      "environment: { STAGE: dev }",
      `composedEnvironment: { ALL: '{"queue":"\${JOBS_QUEUE_URL}","api":"\${API_URL}/\${STAGE}"}' }`,
    ),
  });
  const plan = await planOf(project);
  project.remove();
  const { containerDefinitions } = named(plan, "aws:ecs/taskDefinition:TaskDefinition", "web").inputs;
  const [container] = JSON.parse(containerDefinitions as string) as [{ environment: { name: string; value: string }[] }];
  expect(container.environment.find(({ name }) => name === "ALL")!.value).toMatch(
    /^\{"queue":"\$\{urn:.*Queue::jobs#(?:id|url)\}","api":"http:\/\/api\.main\.internal:3000\/dev"\}$/,
  );
});
