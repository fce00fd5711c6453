import type { Plan } from "@fairlead/plan";

import { compositionFile, compositionOf, named, ofType, planOf, ProjectFolder, service } from "./harness";

const files = {
  ...service(
    "shop",
    "containerPort: 3000",
    "targetContainer: proxy",
    "routes: [{ path: /* }]",
    "sidecars: { proxy: { image: 'registry.test/proxy:1', containerPort: 8443 } }",
  ),
  ...service("caller", "kind: worker", "calls: [shop]"),
};

async function planWith(composition: string): Promise<Plan> {
  const project = new ProjectFolder({ "stacks/dev.ts": composition, ...files });
  try {
    return await planOf(project);
  } finally {
    project.remove();
  }
}

interface Container {
  name: string;
  environment: { name: string; value: string }[];
  portMappings?: { appProtocol?: string; containerPort: number }[];
}

const containersOf = (plan: Plan, name: string) =>
  JSON.parse(named(plan, "aws:ecs/taskDefinition:TaskDefinition", name).inputs.containerDefinitions as string) as Container[];
const ecsService = (plan: Plan) => named(plan, "aws:ecs/service:Service", "shop").inputs;

test("requests, calls and what lets them in come to the sidecar that targetContainer names; the program keeps its port", async () => {
  const plan = await planWith(compositionFile);
  expect(ecsService(plan).loadBalancers).toMatchObject([{ containerName: "proxy", containerPort: 8443 }]);
  expect(named(plan, "aws:lb/targetGroup:TargetGroup", "shop").inputs).toMatchObject({ port: 8443 });
  const ingress = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").map(({ name, inputs }) => [
    name,
    inputs.toPort,
  ]);
  expect(ingress.filter(([name]) => /shop/.test(String(name))).map(([, port]) => port)).toEqual([8443, 8443]);
  const [caller] = containersOf(plan, "caller");
  expect(caller!.environment).toContainEqual({ name: "SHOP_URL", value: "http://shop.main.internal:8443" });
  const own = containersOf(plan, "shop").find(({ name }) => name === "shop");
  expect(own!.environment).toContainEqual({ name: "PORT", value: "3000" });
});

test("Service Connect speaks to the sidecar", async () => {
  const plan = await planWith(compositionOf({ serviceConnect: true }));
  expect(ecsService(plan).serviceConnectConfiguration).toMatchObject({ services: [{ portName: "proxy", clientAlias: [{ port: 8443 }] }] });
  const protocols = containersOf(plan, "shop").map(({ name, portMappings }) => [name, portMappings?.[0]?.appProtocol]);
  expect(Object.fromEntries(protocols)).toMatchObject({ shop: undefined, proxy: "http" });
});
