import { comparePlans } from "@fairlead/changes";
import { planOf, resource, urnOf } from "@fairlead/changes/testing/plans";

import { unplacedServices } from "../src/placement";

const inContainers = (...memories: number[]) => ({
  containerDefinitions: JSON.stringify(memories.map((memory, index) => ({ name: `container-${index}`, memory }))),
});

interface On {
  instanceType: unknown;
  cpuArchitecture?: string;
  expression?: string;
  /** What the task asks for. */
  size?: Record<string, unknown>;
  overrides?: object[];
}

function plan({ instanceType, cpuArchitecture = "ARM64", expression, size, overrides }: On) {
  const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "arm", { instanceType });
  const of = (urn: string, input: string) => ({ propertyDependencies: { [input]: [urn] } });
  const mixed = overrides ? { mixedInstancesPolicy: { launchTemplate: { overrides } } } : {};
  const group = resource("aws:autoscaling/group:Group", "arm", mixed, of(template.urn, "launchTemplate"));
  const provider = resource("aws:ecs/capacityProvider:CapacityProvider", "arm", { name: "arm" }, of(group.urn, "autoScalingGroupProvider"));
  const task = resource("aws:ecs/taskDefinition:TaskDefinition", "api", { runtimePlatform: { cpuArchitecture }, ...size });
  const constraints = expression === undefined ? {} : { placementConstraints: [{ type: "memberOf", expression }] };
  const inputs = { capacityProviderStrategies: [{ capacityProvider: "arm", weight: 1 }], ...constraints };
  return planOf(template, group, provider, task, resource("aws:ecs/service:Service", "api", inputs, of(task.urn, "taskDefinition")));
}

const told = (before: On, after: On) =>
  unplacedServices(comparePlans(plan(before), plan(after))).map(({ severity, urns }) => [severity, urns]);
const none = [["noCapacity", [urnOf("aws:ecs/service:Service", "api")]]];

test.each<[string, On, On]>([
  ["the tasks are for another architecture", { instanceType: "m7g.large" }, { instanceType: "m7g.large", cpuArchitecture: "X86_64" }],
  ["the instances are of another architecture", { instanceType: "c7gn.large" }, { instanceType: "c7i.large" }],
  [
    "the tasks ask for other instances",
    { instanceType: "m7g.large", expression: "attribute:ecs.instance-type =~ m7g.*" },
    { instanceType: "c7g.large", expression: "attribute:ecs.instance-type =~ m7g.*" },
  ],
  [
    "one of two conditions holds no more",
    { instanceType: "m7g.large" },
    { instanceType: "m7g.large", expression: "attribute:ecs.cpu-architecture == arm64 and attribute:ecs.instance-type == m7g.xlarge" },
  ],
  [
    "the tasks ask for more memory",
    { instanceType: "m7g.large", size: { memory: "256" } },
    { instanceType: "m7g.large", size: { memory: "12288" } },
  ],
  [
    "the tasks ask for all memory",
    { instanceType: "r7g.large", size: { memory: "8192" } },
    { instanceType: "m7g.large", size: { memory: "8192" } },
  ],
  [
    "the tasks ask for more CPU",
    { instanceType: "m7g.large", size: { cpu: "2048" } },
    { instanceType: "m7g.large", size: { cpu: "4 vCPU" } },
  ],
  [
    "the instances are smaller",
    { instanceType: "t4g.large", size: { memory: "6144" } },
    { instanceType: "t4g.medium", size: { memory: "6144" } },
  ],
  [
    "the containers ask for more together",
    { instanceType: "c7g.large", size: inContainers(1024, 2048) },
    { instanceType: "c7g.large", size: inContainers(3072, 2048) },
  ],
  [
    "none of several types is large enough",
    { instanceType: "", overrides: [{ instanceType: "m7g.large" }, { instanceType: "m7g.xlarge" }], size: { memory: "9000" } },
    { instanceType: "", overrides: [{ instanceType: "m7g.large" }, { instanceType: "c7g.xlarge" }], size: { memory: "9000" } },
  ],
])("%s: none fits", (_, before, after) => {
  expect(told(before, after)).toEqual(none);
});

test("says what a task asks for where that is too much", () => {
  const textOf = (after: On) => unplacedServices(comparePlans(plan({ instanceType: "m7g.large" }), plan(after)))[0]!.text;
  expect(textOf({ instanceType: "m7g.large", size: { cpu: "256", memory: "12288" } })).toContain("asks for 256 CPU units and 12288 MiB");
  expect(textOf({ instanceType: "c7i.large", size: { cpu: "256", memory: "512" } })).toMatch(/start c7i\.large\.$/);
});

test("of a service that starts as its cluster says, too", () => {
  const of = (memory: string) => {
    const { resources } = plan({ instanceType: "m7g.large", size: { memory } });
    const service = resources.at(-1)!;
    const cluster = resource("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "shop", {
      clusterName: "shop",
      defaultCapacityProviderStrategies: [{ capacityProvider: "arm", weight: 1 }],
    });
    return (launchType?: string) => {
      const inputs = { cluster: "shop", ...(launchType && { launchType }) };
      return planOf(...resources.slice(1, -1), cluster, { ...service, inputs });
    };
  };
  const toldOf = (launchType?: string) =>
    unplacedServices(comparePlans(of("256")(launchType), of("12288")(launchType))).map(({ severity, urns }) => [severity, urns]);
  expect(toldOf()).toEqual(none);
  expect(toldOf("FARGATE")).toEqual([]);
});

test.each<[string, On, On]>([
  ["another size", { instanceType: "m7g.large" }, { instanceType: "m7g.xlarge", expression: "attribute:ecs.instance-type =~ m7g.*" }],
  ["a type that is not known", { instanceType: "m7g.large" }, { instanceType: { $output: "urn#x" } }],
  [
    "a condition that nobody reads here",
    { instanceType: "m7g.large" },
    { instanceType: "m7g.large", expression: "attribute:stack == prod" },
  ],
  ["one that fitted none before", { instanceType: "m7i.large" }, { instanceType: "c7i.large" }],
  [
    "tasks that fit still",
    { instanceType: "m7g.large", size: { cpu: "128", memory: "256" } },
    { instanceType: "m7g.large", size: { cpu: "2048", memory: "7168" } },
  ],
  [
    "a type whose size nobody knows",
    { instanceType: "m7g.large", size: { memory: "256" } },
    { instanceType: "x2gd.medium", size: { memory: "65536" } },
  ],
  [
    "one of several types that is large enough",
    { instanceType: "", overrides: [{ instanceType: "m7g.large" }], size: { memory: "256" } },
    { instanceType: "", overrides: [{ instanceType: "m7g.large" }, { instanceType: "m7g.4xlarge" }], size: { memory: "12288" } },
  ],
])("%s: nothing is said", (_, before, after) => {
  expect(told(before, after)).toEqual([]);
});
