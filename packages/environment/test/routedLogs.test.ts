import { compositionFile, named, ofType, planOf, ProjectFolder, service } from "./harness";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

test("logs that are routed to CloudWatch have their log group, kept as the service's own, before a task writes to it", async () => {
  const routed = (name: string, options: string) =>
    service(name, "containerPort: 80", `logRouting: { options: { Name: cloudwatch_logs, ${options} } }`);
  const project = new ProjectFolder({
    "stacks/dev.ts": compositionFile,
    ...routed("api", "log_group_name: /shop/api"),
    ...routed("orders", "log_group_name: /fairlead/dev/orders"),
    ...routed("stock", 'log_group_name: /shop/all, auto_create_group: "false"'),
  });
  const plan = await planOf(project);
  project.remove();
  const own = ["/fairlead/dev/api", "/fairlead/dev/orders", "/fairlead/dev/stock"];
  const groups = ofType(plan, logGroup).filter(({ urn }) => urn.includes("fairlead:stacks:Service$"));
  expect(groups.map(({ inputs: { name } }) => name).sort()).toEqual([...own, "/shop/api"]);
  expect(named(plan, logGroup, "api-routed").inputs).toMatchObject({ name: "/shop/api", retentionInDays: 7 });
  const policy = named(plan, "aws:iam/rolePolicy:RolePolicy", "api-task");
  expect(policy.dependencies).toContain(named(plan, logGroup, "api-routed").urn);
  expect(named(plan, "aws:ecs/taskDefinition:TaskDefinition", "api").dependencies).toContain(policy.urn);
});
