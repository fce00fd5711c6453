import { join } from "node:path";

import { compositionFile, named, ofType, planOf, ProjectFolder, refusalOf, service } from "./harness";

const listenerArn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/old/0123456789abcdef/fedcba9876543210";
const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/old/0123456789abcdef";
const targetGroupArn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/old-web/0123456789abcdef";
const moving = (percent: unknown, name = "web") => ({ formerTargetGroups: JSON.stringify({ [name]: { targetGroupArn, percent } }) });

/** The harness's composition behind a load balancer that exists. */
const composition = [
  `const { composition } = require(${JSON.stringify(join(__dirname, "harness.ts"))});`,
  `const { ExistingLoadBalancer } = require(${JSON.stringify(require.resolve("@fairlead/networking"))});`,
  `const args = { listenerArn: ${JSON.stringify(listenerArn)}, protocol: "http" };`,
  "module.exports = { default: (settings) => composition(settings, {",
  '  loadBalancer: new ExistingLoadBalancer("main", { ...args, formerTargetGroups: settings.formerTargetGroups }) }) };',
].join("\n");

let project: ProjectFolder;
const files = {
  ...service("web", "containerPort: 3000", "routes: [{ path: /* }, { path: /api/* }]"),
  ...service("mailer", "kind: worker"),
};
beforeEach(() => (project = new ProjectFolder({ "stacks/dev.ts": composition, ...files })));
afterEach(() => project.remove());

const rule = "aws:lb/listenerRule:ListenerRule";

test("behind a load balancer that exists a service adds rules to its listener and its security group, and makes nothing of it", async () => {
  const plan = await planOf(project);
  for (const type of ["loadBalancer:LoadBalancer", "listener:Listener"]) expect(ofType(plan, `aws:lb/${type}`)).toEqual([]);
  expect(ofType(plan, rule).map(({ inputs }) => inputs.listenerArn)).toEqual([listenerArn, listenerArn]);
  const securityGroup = {
    $output: expect.stringMatching(/getLoadBalancer::.*loadbalancer\/app\/old\/0123456789abcdef#securityGroupId\[0\]$/) as string,
  };
  expect(named(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "web-from-alb-3000").inputs).toMatchObject({
    referencedSecurityGroupId: securityGroup,
  });
  expect(named(plan, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "alb-to-web-3000").inputs).toMatchObject({
    securityGroupId: securityGroup,
  });
});

test.each([
  [`loadBalancerArn: ${JSON.stringify(loadBalancerArn)}, protocol: "http"`, "old/0123456789abcdef", 80],
  [`loadBalancerArn: ${JSON.stringify(loadBalancerArn)}`, "old/0123456789abcdef", 443],
  [`loadBalancerName: "old", port: 8443`, "old/looked-up", 8443],
])("a load balancer that is named instead of its listener: %s", async (args, suffix, port) => {
  project.write({ "stacks/dev.ts": composition.replace(/const args = .*/, `const args = { ${args} };`) });
  const plan = await planOf(project);
  const found = new Set(ofType(plan, rule).map(({ inputs }) => inputs.listenerArn));
  expect(found).toEqual(new Set([expect.stringMatching(new RegExp(`:listener/app/${suffix}/looked-up-${port}$`))]));
});

test.each([
  ['listenerArn: "arn:aws:iam::123456789012:role/x"', "expected the ARN of a listener"],
  [
    'loadBalancerArn: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/old/0"',
    "expected the ARN of an Application",
  ],
  ['loadBalancerName: "old_one"', "expected the name of an Application"],
  ["", "expected one of listenerArn, loadBalancerArn and loadBalancerName"],
  [`listenerArn: ${JSON.stringify(listenerArn)}, loadBalancerName: "old"`, "expected one of"],
  [`listenerArn: ${JSON.stringify(listenerArn)}, port: 443`, "leave port out"],
])("arguments that name none, or more than one, are refused: %s", async (args, reason) => {
  project.write({ "stacks/dev.ts": composition.replace(/const args = .*/, `const args = { ${args} };`) });
  await expect(planOf(project)).rejects.toThrow(reason);
});

test.each([
  [100, 0],
  [75, 25],
  [0, 100],
])("where somebody else's tasks answer %s percent, each rule of the service leads %s percent to it", async (former, own) => {
  const plan = await planOf(project, moving(former));
  const { urn } = named(plan, "aws:lb/targetGroup:TargetGroup", "web");
  const targetGroups = [
    { arn: { $output: `${urn}#arn` }, weight: own },
    { arn: targetGroupArn, weight: former },
  ];
  expect(ofType(plan, rule).map(({ inputs }) => inputs.actions)).toEqual(Array(2).fill([{ type: "forward", forward: { targetGroups } }]));
});

test("once the entry is gone the rules are what they would be without one", async () => {
  const rules = async (config: Record<string, string>) => ofType(await planOf(project, config), rule);
  const before = await rules({});
  expect(before[0]!.inputs.actions).toMatchObject([
    { type: "forward", targetGroupArn: { $output: expect.stringContaining("web#arn") as string } },
  ]);
  const moved = await rules(moving(50));
  expect(moved.map(({ urn, inputs }) => [urn, inputs.priority])).toEqual(before.map(({ urn, inputs }) => [urn, inputs.priority]));
});

test.each([
  ["web", "a percent that is no whole number", moving(12.5)],
  ["web", "more than all", moving(101)],
  ["web", "less than none", moving(-1)],
  ["web", "a share in words", moving("half")],
  ["web", "no target group", { formerTargetGroups: '{"web":{"targetGroupArn":"old-web","percent":5}}' }],
  ["web", "something else besides", { formerTargetGroups: JSON.stringify({ web: { targetGroupArn, percent: 5, weight: 5 } }) }],
])("of %s %s is refused", async (name, _, config) => {
  expect(await refusalOf(planOf(project, config))).toMatch(new RegExp(`FL2407 shop:formerTargetGroups\\.${name} is .*from 0 to 100`));
});

test.each([
  ["a service that there is not", moving(50, "wbe"), "wbe: there is no service of this name here."],
  ["a service without routes", moving(50, "mailer"), "mailer: it has no routes"],
])("%s is refused, as nothing would move", async (_, config, expected) => {
  expect(await refusalOf(planOf(project, config))).toMatch(new RegExp(`FL2420 [^]*${expected}`));
});

test("a load balancer of the stack's own has no requests to move", async () => {
  project.write({ "stacks/dev.ts": compositionFile });
  expect(await refusalOf(planOf(project, moving(50)))).toMatch(/FL2420 [^]*web: the stack's load balancer is not an ExistingLoadBalancer/);
});

test("deployments that shift traffic themselves are refused meanwhile", async () => {
  project.write(service("web", "containerPort: 3000", "routes: [{ path: /* }]", "deployment: { strategy: BLUE_GREEN }"));
  expect(await refusalOf(planOf(project, moving(50)))).toMatch(/BLUE_GREEN has ECS set the weights/);
});

test("clients that stay with their task are refused meanwhile: the rule would keep them at the former one", async () => {
  project.write(service("web", "containerPort: 3000", "routes: [{ path: /* }]", "stickinessSeconds: 3600"));
  expect(await refusalOf(planOf(project, moving(50)))).toMatch(/stickinessSeconds.*would keep clients at the former tasks/);
});

test("a listener of a Network Load Balancer, or a load balancer's own ARN, is refused", async () => {
  project.write({ "stacks/dev.ts": composition.replace("listener/app", "listener/net") });
  expect(await refusalOf(planOf(project))).toMatch(/listenerArn.*expected the ARN of a listener of an Application/);
});
