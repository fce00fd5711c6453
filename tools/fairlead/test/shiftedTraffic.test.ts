import { changedResources, comparePlans } from "@fairlead/changes";
import { LoadBalancer, Network } from "@fairlead/networking";
import { ServiceLogGroup } from "@fairlead/observability";
import { embeddedPlan, type Plan, type Project } from "@fairlead/plan";
import { ExternalImage } from "@fairlead/registry";
import { renderTerminal, reportOf } from "@fairlead/report";
import { Cluster, Ec2Capacity, EcsService, loadBalancing, TaskDefinition, type DeploymentArgs } from "@fairlead/services";
import { platforms } from "@fairlead/model";

interface Settings {
  containerPort?: number;
  paths?: string[];
  certificateArn?: string;
  deployment?: DeploymentArgs;
  networkMode?: "awsvpc" | "bridge";
}

const canary: DeploymentArgs = { strategy: "CANARY" };

/** The plan of one service behind a load balancer, on instances. */
const planOf = ({
  containerPort = 8080,
  paths = ["/shop/*"],
  certificateArn,
  deployment = canary,
  networkMode = "awsvpc",
}: Settings): Promise<Plan> =>
  embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const network = new Network("dev", { vpcId: "vpc-0a1b2c3d4e5f60718" });
      const loadBalancer = new LoadBalancer("dev", { network, certificateArn, domainName: certificateArn && "shop.example.com" });
      const capacity = new Ec2Capacity("big", { network, clusterName: "dev", cpuArchitecture: "ARM64", instanceType: "m7g.large" });
      const cluster = new Cluster("dev", { capacity: [capacity], defaultCapacityProviderStrategy: [{ capacityProvider: "big" }] });
      const taskDefinition = new TaskDefinition("cart", {
        ...{ family: "dev-cart", cpuArchitecture: "ARM64", cpu: 256, memoryMiB: 512, region: "us-east-1", networkMode },
        compatibility: cluster.compatibilityOf(),
        containers: { cart: { image: new ExternalImage("example.test/cart:1", platforms), containerPort } },
        logGroup: new ServiceLogGroup("cart", { logGroupName: "/shop/cart" }),
      });
      const routes = paths.map((path, index) => ({ path, priority: 100 + 10 * index }));
      new EcsService("cart", {
        ...{ cluster, network, taskDefinition, containerName: "cart", containerPort, deployment },
        features: [loadBalancing({ network, loadBalancer, routes })],
      });
    },
  });

const project: Project = {
  root: "/nowhere",
  name: "shop",
  main: "/nowhere/index.js",
  configFolder: "/nowhere",
  config: {},
  secretKeys: [],
};

/** What happens to what requests pass on their way to the tasks, and what the terminal says of it. */
async function changed(from: Settings, to: Settings) {
  const changes = comparePlans(await planOf(from), await planOf(to));
  const onTheWay = changedResources(changes.resources).filter(({ type }) => /^aws:(lb|vpc)/.test(type));
  const text = renderTerminal({ project: "shop", from: "before", to: "after", stacks: [reportOf(changes, { after: project })] }).replace(
    /\s+/g,
    " ",
  );
  return { operations: onTheWay.map(({ operation, name }) => `${operation} ${name}`), text };
}

const interrupts = /interrupt/i;

describe("a service whose traffic ECS shifts", () => {
  test.each([["CANARY", canary] as const, ["ROLLING", {}] as const])(
    "that comes out by %s keeps its target groups with another port, which is open before its tasks come",
    async (_, deployment) => {
      const { operations, text } = await changed({ deployment }, { deployment, containerPort: 8081 });
      expect(operations).toEqual([
        "create cart-from-alb-8081",
        "create alb-to-cart-8081",
        "delete cart-from-alb-8080",
        "delete alb-to-cart-8080",
      ]);
      // The image has to answer there, which nobody knows here; nothing else is to be looked at.
      expect(text).toMatch(/look – interrupts ! changes loadBalancers of ECS service cart Requests reach another container or port/);
      expect(text.match(/ ! /g)).toHaveLength(1);
    },
  );

  test("keeps its rules with other routes: ECS goes on to shift their traffic", async () => {
    for (const paths of [["/new/*", "/shop/*"], ["/new/*"]]) {
      const { operations, text } = await changed({}, { paths });
      expect(operations).toEqual(["update cart.http", "update cart.http.test"]);
      expect(text).not.toMatch(interrupts);
    }
  });

  test("gets rules beside the old ones with a certificate, and is told in which two steps", async () => {
    const { operations, text } = await changed({}, { certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a" });
    const rules = operations.filter((operation) => operation.includes("cart."));
    expect(rules).toEqual(["create cart.https", "create cart.https.test", "delete cart.http", "delete cart.http.test"]);
    expect(text).toMatch(/resets the weights of listener rule cart\.https .*answered 503 .*one more revision as the service is/);
    expect(text).not.toMatch(/default action|cart\.https\.test .*503/);
  });

  test("gets rules for its new target groups where it leaves its network mode", async () => {
    const { operations, text } = await changed({}, { networkMode: "bridge" });
    expect(operations).toEqual(
      expect.arrayContaining(["replace cart", "replace cart-green", "replace cart.http", "replace cart.http.test"]),
    );
    expect(text).toMatch(/replaces target group cart, cart-green/);
    expect(text).not.toMatch(/resets the weights/);
  });

  test("goes back to ROLLING with the rule that it has", async () => {
    const { operations, text } = await changed({ paths: ["/a", "/b"] }, { paths: ["/a", "/b"], deployment: {} });
    expect(operations.filter((operation) => !operation.startsWith("create"))).toEqual([
      expect.stringMatching(/^update dev-a-/),
      "delete cart-green",
      "delete cart.http.test",
    ]);
    // `up` brings the traffic to the first group before it turns the rule.
    expect(text).not.toMatch(/503|In two steps/);
  });

  test("begins to shift it without a word of requests that nobody answers", async () => {
    const { operations, text } = await changed({ deployment: {} }, {});
    expect(operations).toEqual(expect.arrayContaining(["create cart.http", expect.stringMatching(/^delete dev-shop-/)]));
    expect(text).not.toMatch(/404|503/);
  });
});
