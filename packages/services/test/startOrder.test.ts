import { LoadBalancer, Network, NetworkLoadBalancer } from "@fairlead/networking";
import { ServiceLogGroup } from "@fairlead/observability";
import { embeddedPlan, type Plan } from "@fairlead/plan";

import { Cluster, Ec2Capacity, Job, loadBalancing, ManagedInstances, ScheduledJob, tcpLoadBalancing } from "../src";
import { ofType, service, taskDefinition } from "./harness";

/** Everything that starts tasks, in a VPC of its own with endpoints. */
function planOfEverythingThatStarts(): Promise<Plan> {
  return embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const network = new Network("main", { region: "us-east-1", natGateways: "none", endpoints: true });
      const cluster = new Cluster("dev");
      const loadBalancer = new LoadBalancer("dev", { network });
      const networkLoadBalancer = new NetworkLoadBalancer("dev-tcp", { network });
      const env = { network, cluster, loadBalancer, logGroup: new ServiceLogGroup("api", { logGroupName: "/shop/api" }) };
      const http = loadBalancing({ network, loadBalancer, routes: [{ path: "/*", priority: 2 }] });
      service(env, { features: [http, tcpLoadBalancing({ network, networkLoadBalancer, port: 1883 })] });
      const task = taskDefinition(env, {}, "task");
      new Job("migrate", { ...env, taskDefinition: task, region: "us-east-1" });
      new ScheduledJob("report", { ...env, taskDefinition: task, schedule: "rate(1 hour)" });
      new Ec2Capacity("ec2", { network, clusterName: "dev", cpuArchitecture: "ARM64", instanceType: "m7g.large" });
      new ManagedInstances("managed", { network, cluster, cpuArchitecture: "ARM64" });
    },
  });
}

/** URNs that a resource waits for, also through others. */
function waitsFor({ resources }: Plan, type: string): Set<string> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = new Set<string>();
  const visit = (urn: string) => {
    if (found.has(urn)) return;
    found.add(urn);
    byUrn.get(urn)?.dependencies.forEach(visit);
  };
  byUrn.get(resources.find((resource) => resource.type === type)!.urn)!.dependencies.forEach(visit);
  return found;
}

const starters = {
  api: "aws:ecs/service:Service",
  migrate: "pulumi-nodejs:dynamic:Resource",
  report: "aws:scheduler/schedule:Schedule",
  ec2: "aws:autoscaling/group:Group",
  managed: "aws:ecs/capacityProvider:CapacityProvider",
};

test.each(Object.entries(starters))("%s starts with its way out, and with the endpoints that images come by", async (name, type) => {
  const plan = await planOfEverythingThatStarts();
  if (name === "managed") plan.resources = plan.resources.filter((resource) => resource.type !== type || resource.name === name);
  const before = waitsFor(plan, type);
  const endpoints = ofType(plan, "aws:ec2/vpcEndpoint:VpcEndpoint");
  expect(endpoints.length).toBeGreaterThan(2);
  const out = ofType(plan, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").filter((rule) => rule.name === `${name}-out`);
  const https = ofType(plan, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter((rule) => rule.name === "main-endpoints");
  expect([out.length, https.length]).toEqual([1, 1]);
  expect([...endpoints, ...out, ...https].filter(({ urn }) => !before.has(urn)).map((each) => each.name)).toEqual([]);
});

test("a service waits for the openings of its load balancers: no health check passes before", async () => {
  const plan = await planOfEverythingThatStarts();
  const before = waitsFor(plan, starters.api);
  const openings = ["api-from-alb-3000", "alb-to-api-3000", "api-from-nlb-3000", "nlb-to-api-3000"];
  expect(
    plan.resources
      .filter(({ name, urn }) => openings.includes(name) && before.has(urn))
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...openings].sort());
});
