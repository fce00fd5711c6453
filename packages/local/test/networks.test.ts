import { resource } from "@fairlead/plan/testing/resources";

import { localEnvironment } from "../src/localEnvironment";
import { everybody, groupOf, output, planOf, serviceOf, settings, type Rule } from "../testing/tasksPlan";

const tcp = (rule: Rule): Rule => ({ protocol: "tcp", fromPort: 3000, toPort: 3000, ...rule });

/** Whether `web` reaches `api`, where api lets in what a rule says, and web lets out what another does. */
function reaches(ingress: Rule, egress: Rule = everybody, ...others: Parameters<typeof planOf>): boolean {
  const plan = planOf(...serviceOf("api", { ingress: [ingress] }), ...serviceOf("web", { egress: [egress] }), ...others);
  return localEnvironment(plan, settings).calls.some(({ caller, callee }) => caller === "web" && callee === "api");
}

const vpc = resource("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.1.0.0/16" });
const list = (name: string, ...blocks: string[]) =>
  resource("aws:ec2/managedPrefixList:ManagedPrefixList", name, { entries: blocks.map((cidr) => ({ cidr })) });
const listId = (name: string) => output("aws:ec2/managedPrefixList:ManagedPrefixList", name, "id");

test.each([
  ["its group", groupOf("web"), true],
  ["its group, on a port", tcp({ securityGroups: [output("aws:ec2/securityGroup:SecurityGroup", "web", "id")] }), true],
  ["another group", groupOf("api"), false],
  ["everybody", everybody, true],
  ["everybody, on a port", tcp({ cidrBlocks: ["0.0.0.0/0"] }), true],
  ["everybody by IPv6", tcp({ ipv6CidrBlocks: ["::/0"] }), true],
  ["the network", tcp({ cidrBlocks: ["10.1.0.0/16"] }), true],
  ["a subnet of it", tcp({ cidrBlocks: ["10.1.4.0/24"] }), true],
  ["the network, by its attribute", tcp({ cidrBlocks: [output("aws:ec2/vpc:Vpc", "main", "cidrBlock")] }), true],
  ["another network", tcp({ cidrBlocks: ["10.2.0.0/16"] }), false],
  ["an office", tcp({ cidrBlocks: ["203.0.113.0/24"] }), false],
  ["ICMP alone", { protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: ["0.0.0.0/0"] }, false],
  ["a prefix list of AWS's", tcp({ prefixListIds: ["pl-0123456789abcdef0"] }), false],
  ["a prefix list with the network", tcp({ prefixListIds: [listId("inside")] }), true],
  ["a prefix list without it", tcp({ prefixListIds: [listId("outside")] }), false],
])("a task that lets in %s", (_, ingress, isReached) => {
  expect(reaches(ingress, everybody, vpc, list("inside", "203.0.113.0/24", "10.1.0.0/17"), list("outside", "203.0.113.0/24"))).toBe(
    isReached,
  );
});

test.each([
  ["nowhere", { protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds: ["pl-63a5400a"] }, false],
  ["to the group", groupOf("api"), true],
  ["to another group", groupOf("web"), false],
])("a task that may send %s reaches one that lets everybody in", (_, egress, isReached) => {
  expect(reaches(everybody, egress, vpc)).toBe(isReached);
});

test("without a network of the plan's, private addresses are those of tasks", () => {
  expect(reaches(tcp({ cidrBlocks: ["10.20.0.0/16"] }))).toBe(true);
  expect(reaches(tcp({ cidrBlocks: ["203.0.113.0/24"] }))).toBe(false);
});

test("rules that are resources of their own count as well", () => {
  const rule = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "api-from-web", {
    securityGroupId: output("aws:ec2/securityGroup:SecurityGroup", "api", "id"),
    referencedSecurityGroupId: output("aws:ec2/securityGroup:SecurityGroup", "web", "id"),
    ipProtocol: "-1",
  });
  expect(reaches(groupOf("api"), everybody, rule)).toBe(true);
});

const named = (name: string, aliases: string[]) => ({
  enabled: true,
  services: [{ portName: name, clientAlias: aliases.map((dnsName) => ({ dnsName, port: 80 })) }],
});

test("names of Service Connect are for its clients, those of Cloud Map for each caller", () => {
  const registry = resource("aws:servicediscovery/service:Service", "api", {
    name: "api",
    namespaceId: output("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "main", "id"),
  });
  const namespace = resource("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "main", { name: "dev.internal" });
  const plan = planOf(
    namespace,
    registry,
    ...serviceOf("api", {
      ingress: [groupOf("web"), groupOf("old")],
      service: {
        serviceConnectConfiguration: named("api", ["api", "orders"]),
        serviceRegistries: { registryArn: output("aws:servicediscovery/service:Service", "api", "arn") },
      },
    }),
    ...serviceOf("web", { service: { serviceConnectConfiguration: { enabled: true } } }),
    ...serviceOf("old", { service: { serviceConnectConfiguration: { enabled: false } } }),
  );
  const { services } = localEnvironment(plan, settings).compose;
  const networks = services["api.network"]!.networks!;
  expect(networks.web_to_api!.aliases).toEqual(["api.dev.internal", "api", "orders"]);
  expect(networks.old_to_api!.aliases).toEqual(["api.dev.internal"]);
  expect(services["web.network"]!.networks!.web_to_api!.aliases).toBeUndefined();
});

test("plain names are for each caller where the network looks for them in the namespace", () => {
  const aliasesWith = (domainName: string) => {
    const registry = resource("aws:servicediscovery/service:Service", "api", {
      name: "api",
      namespaceId: output("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "main", "id"),
    });
    const plan = planOf(
      resource("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "main", { name: "dev.internal" }),
      resource("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "main", { domainName }),
      registry,
      ...serviceOf("api", {
        ingress: [groupOf("web")],
        service: { serviceRegistries: { registryArn: output("aws:servicediscovery/service:Service", "api", "arn") } },
      }),
      ...serviceOf("web", {}),
    );
    return localEnvironment(plan, settings).compose.services["api.network"]!.networks!.web_to_api!.aliases;
  };
  expect(aliasesWith("dev.internal")).toEqual(["api.dev.internal", "api"]);
  expect(aliasesWith("other.internal")).toEqual(["api.dev.internal"]);
});

test("a task has a way out where its groups let it leave, by its own network alone", () => {
  const plan = planOf(
    ...serviceOf("open", { ingress: [groupOf("closed")] }),
    ...serviceOf("closed", { egress: [groupOf("open"), { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.1.0.0/16"] }] }),
  );
  const { networks } = localEnvironment(plan, settings).compose;
  expect(Object.fromEntries(Object.entries(networks).map(([name, { internal = false }]) => [name, internal]))).toEqual({
    open: false,
    closed: true,
    closed_to_open: true,
  });
});

/** Pairs of tasks of which one finds the other, by the names that it has where both are. */
function found(plan: ReturnType<typeof planOf>) {
  const { compose, calls } = localEnvironment(plan, { ...settings, addresses: "10.208.0.0/20" });
  const of = (task: string) => Object.entries(compose.services[`${task}.network`]!.networks!);
  const names = (task: string) => new Set(of(task).map(([network]) => network));
  const pairs = calls.filter(({ caller, callee }) => caller !== callee);
  const seen = (caller: string, callee: string) =>
    of(callee).flatMap(([network, { aliases = [] }]) => (names(caller).has(network) ? aliases : []));
  const tasks = Object.keys(compose.services).flatMap((name) => (name.endsWith(".network") ? name.slice(0, -".network".length) : []));
  const meet = tasks.flatMap((a) => tasks.filter((b) => a < b && of(b).some(([network]) => names(a).has(network))).map((b) => `${a} ${b}`));
  return { compose, meet, seen, pairs: [...new Set(pairs.map(({ caller, callee }) => [caller, callee].sort().join(" ")))].sort() };
}

const many = (count: number, given: Parameters<typeof serviceOf>[1] = {}, prefix = "service") =>
  Array.from({ length: count }, (_, index) => serviceOf(`${prefix}-${index}`, { ingress: [everybody], ...given })).flat();

test.each([30, 60])("%i tasks that let everybody in share a network, and fit into /20", (count) => {
  const { compose, meet, pairs } = found(planOf(...many(count), ...serviceOf("closed")));
  const networks = Object.keys(compose.networks).filter((name) => name.includes("_"));
  // Who lets nobody in reaches all of them.
  expect(networks.sort()).toEqual(["closed_to_service-0_and_others", "service-0_and_others"]);
  expect(meet.sort()).toEqual(pairs);
  expect(pairs).toHaveLength((count * (count + 1)) / 2);
});

test("tasks that share a network meet those alone whom they may reach, and find them by their names", () => {
  const connect = (name: string) => ({ service: { serviceConnectConfiguration: named(name, [name]) } });
  const plan = planOf(
    ...many(3),
    ...serviceOf("client", { ...connect("client"), ingress: [groupOf("client"), groupOf("other")] }),
    ...serviceOf("other", { ...connect("other"), ingress: [groupOf("client"), groupOf("other")] }),
    ...serviceOf("alone", { egress: [], ingress: [] }),
  );
  const { meet, pairs, seen } = found(plan);
  expect(meet.sort()).toEqual(pairs);
  expect(pairs).not.toContain("alone client");
  expect(seen("client", "other")).toEqual(["other"]);
  expect(seen("service-0", "other")).toEqual([]);
});

test("names of Service Connect are none for those that are not its clients, whoever shares their network", () => {
  const provider = (name: string) => {
    const { services } = named(name, [name]);
    return serviceOf(name, { ingress: [everybody], service: { serviceConnectConfiguration: { enabled: true, services } } });
  };
  const { seen } = found(planOf(...provider("a"), ...provider("b"), ...many(2)));
  expect([seen("a", "b"), seen("service-0", "a"), seen("service-0", "b")]).toEqual([["b"], [], []]);
});

test("the load balancer is reached from this machine though its targets may not leave", () => {
  const [name, type] = ["web", "aws:lb/targetGroup:TargetGroup"];
  const arn = output(type, name, "arn");
  const plan = planOf(
    ...serviceOf(name, { egress: [], service: { loadBalancers: [{ targetGroupArn: arn, containerName: name, containerPort: 3000 }] } }),
    resource(type, name, { protocol: "HTTP" }),
    resource("aws:lb/loadBalancer:LoadBalancer", "main", {}),
    resource("aws:lb/listener:Listener", "main", {
      ...{ port: 80, protocol: "HTTP", loadBalancerArn: output("aws:lb/loadBalancer:LoadBalancer", "main", "arn") },
      defaultActions: [{ type: "forward", targetGroupArn: arn }],
    }),
  );
  const { networks, services } = localEnvironment(plan, settings).compose;
  const joined = Object.keys(services["aws.load-balancer"]!.networks!);
  expect(joined.map((network) => [network, networks[network]!.internal === true])).toEqual([
    ["aws.load-balancer", false],
    ["web", true],
  ]);
  expect(networks["aws.load-balancer"]!.ipam!.config).toHaveLength(1);
});

test("a task's network has room for each cache that lets it in", () => {
  const caches = Array.from({ length: 8 }, (_, index) =>
    resource("aws:elasticache/replicationGroup:ReplicationGroup", `cache-${index}`, {
      ...{ engine: "valkey", engineVersion: "8.0", securityGroupIds: [output("aws:ec2/securityGroup:SecurityGroup", "api", "id")] },
    }),
  );
  const { networks } = localEnvironment(
    planOf(...serviceOf("api", { ingress: [groupOf("api")] }), ...serviceOf("web"), ...caches),
    settings,
  ).compose;
  const sizeOf = (network: string) => networks[network]!.ipam!.config[0]!.subnet.split("/")[1];
  expect([sizeOf("api"), sizeOf("web")]).toEqual(["27", "28"]);
});

test("a task on an instance's network is nobody's, and reaches nobody", () => {
  const instance = [
    resource("aws:ecs/taskDefinition:TaskDefinition", "old", { containerDefinitions: JSON.stringify([{ name: "old", image: "a:1" }]) }),
    resource("aws:ecs/service:Service", "old", { taskDefinition: output("aws:ecs/taskDefinition:TaskDefinition", "old", "arn") }),
  ];
  const { calls, tasks } = localEnvironment(planOf(...instance, ...serviceOf("api", { ingress: [everybody] })), settings);
  expect(tasks.map(({ networkMode }) => networkMode)).toEqual(["awsvpc", "bridge"]);
  expect(calls.filter(({ caller, callee }) => [caller, callee].includes("old"))).toEqual([]);
});
