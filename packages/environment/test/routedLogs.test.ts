import * as pulumi from "@pulumi/pulumi";

import { compositionFile, named, ofType, planOf, ProjectFolder, service } from "./harness";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const routed = (name: string, options: string, ...lines: string[]) =>
  service(name, "containerPort: 80", `logRouting: { options: { Name: cloudwatch_logs, ${options} } }`, ...lines);

async function planned(files: Record<string, string>, config?: Record<string, string>) {
  const project = new ProjectFolder({ "stacks/dev.ts": compositionFile, ...files });
  try {
    return await planOf(project, config);
  } finally {
    project.remove();
  }
}

describe("logs that are routed to CloudWatch", () => {
  test("have their log group, kept as the service's own, before a task writes to it", async () => {
    const plan = await planned({
      ...routed("api", "log_group_name: /shop/api", "owner: shop"),
      ...routed("orders", "log_group_name: /fairlead/dev/orders"),
      ...routed("stock", 'log_group_name: /shop/all, auto_create_group: "false"'),
    });
    const groups = ofType(plan, logGroup).flatMap(({ inputs: { name } }) => (/^\/(shop|fairlead\/dev)/.test(String(name)) ? [name] : []));
    expect(groups.sort()).toEqual(["/fairlead/dev/api", "/fairlead/dev/orders", "/fairlead/dev/stock", "/shop/api"]);
    const group = named(plan, logGroup, "/shop/api");
    expect(group.inputs).toMatchObject({ name: "/shop/api", retentionInDays: 7, tags: { owner: "shop" } });
    const policy = named(plan, rolePolicy, "api-task");
    expect(policy.dependencies).toContain(group.urn);
    expect(named(plan, "aws:ecs/taskDefinition:TaskDefinition", "api").dependencies).toContain(policy.urn);
  });

  test("share one log group where several services name it: AWS makes a name once", async () => {
    const plan = await planned({
      ...routed("api", "log_group_name: /shop/all", "owner: shop"),
      ...routed("orders", "log_group_name: /shop/all"),
    });
    const [group, ...others] = ofType(plan, logGroup).filter(({ inputs: { name } }) => name === "/shop/all");
    expect(others).toEqual([]);
    expect(group!.inputs.tags).toBeUndefined();
    for (const name of ["api", "orders"]) expect(named(plan, rolePolicy, `${name}-task`).dependencies).toContain(group!.urn);
  });

  test("go to another service's own log group without making it a second time", async () => {
    const plan = await planned({ ...routed("api", "log_group_name: /fairlead/dev/web"), ...service("web", "containerPort: 80") });
    expect(ofType(plan, logGroup).filter(({ inputs: { name } }) => name === "/fairlead/dev/web")).toHaveLength(1);
    expect(named(plan, rolePolicy, "api-task").inputs.policy).toContain("log-group:/fairlead/dev/web:*");
  });

  test("keep the log group that an earlier version made below the service", async () => {
    const plan = await planned({ ...routed("api", "log_group_name: /shop/all"), ...routed("orders", "log_group_name: /shop/all") });
    const [component] = ofType(plan, "fairlead:observability:ServiceLogGroup").filter(({ name }) => name === "/shop/all");
    expect(component!.options.aliases).toEqual(
      ["api", "orders"].map((name) =>
        expect.objectContaining({ name: `${name}-routed`, parenturn: `urn:pulumi:dev::shop::fairlead:stacks:Service::${name}` }),
      ),
    );
  });
});

describe("a log group that another environment makes as well is told", () => {
  async function warnings(lines: string[], stacks: Record<string, string>, config?: Record<string, string>): Promise<string[]> {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    const configurations = Object.entries(stacks).map(([stack, text]) => [`stacks/Pulumi.${stack}.yaml`, text]);
    await planned({ ...routed("api", "log_group_name: /shop/all", ...lines), ...(Object.fromEntries(configurations) as object) }, config);
    const texts = warn.mock.calls.map(([text]) => text).filter((text) => text.startsWith("FL1045"));
    warn.mockRestore();
    return texts;
  }
  const here = 'config: { aws:region: eu-central-1, aws:allowedAccountIds: ["111111111111"] }';

  test("with its place, where both may be in one account and region", async () => {
    const told = [expect.stringMatching(/^FL1045 apps\/api\/service\.yaml:3:\d+: prod makes the log group \/shop\/all as well/)];
    expect(await warnings([], { prod: "config: { aws:region: eu-central-1 }" })).toEqual(told);
    expect(await warnings([], { prod: here }, { "aws:allowedAccountIds": '["111111111111"]' })).toEqual(told);
  });

  test.each([
    ["in another region", [], "config: { aws:region: us-east-1 }"],
    ["in another account", [], 'config: { aws:region: eu-central-1, aws:allowedAccountIds: ["222222222222"] }'],
    ["with a name of its own", ["environments: { prod: { logRouting: { options: { log_group_name: /shop/prod } } } }"], here],
    ["where it is said to be there", ['environments: { prod: { logRouting: { options: { auto_create_group: "false" } } } }'], here],
  ])("but not one %s", async (_, lines, prod) => {
    expect(await warnings(lines, { prod }, { "aws:allowedAccountIds": '["111111111111"]' })).toEqual([]);
  });

  test("nor of an environment that is no stack", async () => {
    expect(await warnings([], {})).toEqual([]);
  });
});
