import { compositionOf, named, planOf, ProjectFolder, service } from "./harness";

test("a service has the addresses of others, and its own, where browsers find them, also within other variables", async () => {
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionOf({ hasInternal: true }),
    ...service("web", "containerPort: 80", "routes: [{ path: /* }]", "publicUrls: { OWN: web, ADMIN: admin, API: api }"),
    ...service("admin", "containerPort: 80", "internal: true", "routes: [{ path: /* }]"),
    ...service(
      "api",
      "containerPort: 3000",
      "routes: [{ path: /*, host: '*.example.com' }, { path: /*, host: api.example.com }]",
      "publicUrls: { WEB: web }",
      "environment: { discovery.type: single-node }",
      "composedEnvironment: { ORIGINS: '${WEB}/app,https://other.example.com' }",
    ),
  });
  const plan = await planOf(project);
  project.remove();
  const environmentOf = (name: string) => {
    const { containerDefinitions } = named(plan, "aws:ecs/taskDefinition:TaskDefinition", name).inputs;
    const [{ environment }] = JSON.parse(containerDefinitions as string) as [{ environment: { name: string; value: string }[] }];
    return Object.fromEntries(environment.map((each) => [each.name, each.value]));
  };
  const dnsName = (name: string) => `http://\${${named(plan, "aws:lb/loadBalancer:LoadBalancer", name).urn}#dnsName}`;
  expect(environmentOf("web")).toMatchObject({ OWN: dnsName("main"), ADMIN: dnsName("main-internal"), API: "http://api.example.com" });
  expect(environmentOf("api")).toMatchObject({
    WEB: dnsName("main"),
    ORIGINS: `${dnsName("main")}/app,https://other.example.com`,
    "discovery.type": "single-node",
  });
});
