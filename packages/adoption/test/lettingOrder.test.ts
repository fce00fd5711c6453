import { adoptionOf } from "../src";
import { arnOf, planOf, stackOf, tagged, type Answers } from "./scriptedAws";

const none = { urns: new Set<string>(), own: new Set<string>() };
const tags = (more: Record<string, string>) =>
  Object.entries({ "copilot-application": "shop", ...more }).map(([Key, Value]) => ({ Key, Value }));
const stack = (StackName: string, own: Record<string, string>, more: object = {}) => ({ StackName, Tags: tags(own), ...more });
const inTest = { "copilot-environment": "test" };
const parameters = (values: Record<string, string>) => ({
  Parameters: Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
});

const stacks = [
  stack("shop-test-web", { ...inTest, "copilot-service": "web" }),
  stack("shop-infrastructure-roles", {}),
  stack("shop-test", inTest, parameters({ ALBWorkloads: "web,api", EFSWorkloads: "", NATWorkloads: "api", ServiceDiscoveryEndpoint: "x" })),
  stack("shop-test-mailer", { ...inTest, "copilot-service": "mailer" }),
  stack("shop-test-api", { ...inTest, "copilot-service": "api" }),
  stack("shop-test-web-AddonsStack-1", { ...inTest, "copilot-service": "web" }, { ParentId: "arn:shop-test-web" }),
  stack("pipeline-shop-main", {}),
  stack("other-test", { "copilot-application": "other", ...inTest }),
  { StackName: "somebody-elses" },
];
const table = tagged(arnOf("dynamodb", "table/items"), {
  "copilot-application": "shop",
  "aws:cloudformation:stack-name": "shop-test-web-AddonsStack-1",
});
const answers = (policy: string): Answers => ({
  GetResourcesCommand: { ResourceTagMappingList: [table] },
  DescribeStacksCommand: { Stacks: stacks },
  GetTemplateCommand: { TemplateBody: `Resources: { Items: { Type: AWS::DynamoDB::Table, ${policy} } }` },
  ListStackResourcesCommand: { StackResourceSummaries: [{ LogicalResourceId: "Items", PhysicalResourceId: "items" }] },
});
const orderOf = async (policy: string) => (await adoptionOf(await stackOf(planOf(), answers(policy)), {}, none)).letting;

test("what holds data is kept first, then pipelines, services by what they share, the environment, and the application last", async () => {
  const [order, ...others] = await orderOf("DeletionPolicy: Delete");
  expect(others).toEqual([]);
  expect(order!.application).toBe("shop");
  expect(order!.steps).toEqual([
    expect.stringMatching(/^DeletionPolicy: Retain and UpdateReplacePolicy: Retain .*: items \(shop-test-web-AddonsStack-1: deleted\)\.$/),
    expect.stringMatching(/^pipeline-shop-main: /),
    expect.stringMatching(/^shop-test-mailer: schedules and workers/),
    expect.stringMatching(
      /^shop-test-api, shop-test-web: .*the last one takes it away: the load balancer \(ALBWorkloads: web, api\); the NAT gateways \(NATWorkloads: api\)\. Leave that one/,
    ),
    expect.stringMatching(/^shop-test: after the last of its services/),
    expect.stringMatching(
      /^shop-infrastructure-roles, once test and any environment in other accounts and regions are gone: copilot app delete/,
    ),
  ]);
});

test("what its template keeps needs nothing first", async () => {
  expect((await orderOf("DeletionPolicy: Retain"))[0]!.steps[0]).toMatch(/^pipeline-shop-main/);
});

test("where nothing is Copilot's, CloudFormation is not asked", async () => {
  const other = { GetResourcesCommand: { ResourceTagMappingList: [tagged(arnOf("dynamodb", "table/items"))] } };
  const { letting, unseen } = await adoptionOf(await stackOf(planOf(), other), {}, none);
  expect([letting, unseen]).toEqual([[], []]);
});
