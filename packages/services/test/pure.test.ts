import { containerDefinitionsJson } from "../src/task/containerDefinitions";
import { fargateCpuSizes, fargateMemorySizes } from "@fairlead/model";
import { routePriorities } from "../src";

test("Fargate's sizes: 8 of CPU, each with its own of memory", () => {
  expect(fargateCpuSizes).toEqual([256, 512, 1024, 2048, 4096, 8192, 16384, 32768]);
  expect(fargateMemorySizes(256)).toEqual([512, 1024, 2048]);
  expect(fargateMemorySizes(4096).at(-1)).toBe(30 * 1024);
  expect(fargateMemorySizes(8192)).toContain(20 * 1024);
  expect(fargateMemorySizes(300)).toEqual([]);
});

describe("route priorities", () => {
  const routes = Array.from({ length: 98 }, (_, i) => ({ path: `/service-${i}/*` }));

  test("are distinct and within 1 to 50,000, also for the most rules that a load balancer takes", () => {
    const all = [...routes, { path: "/*" }, { path: "/" }, { path: "/*", host: "a.example.com" }];
    const priorities = routePriorities(all);
    const numbers = all.map((route) => priorities.of(route)).flatMap(({ priority, testPriority }) => [priority, testPriority]);
    expect(new Set(numbers).size).toBe(202);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(50_000);
  });

  test("put a host before none, the longer path first, the catch-all last, and the test rule before its own", () => {
    const all = [{ path: "/*" }, { path: "/api/*" }, { path: "/api/v2/*" }, { path: "/api" }, { path: "/*", host: "a.example.com" }];
    const priorities = routePriorities(all);
    const ordered = [...all]
      .sort((a, b) => priorities.of(a).priority - priorities.of(b).priority)
      .map(({ path, host = "" }) => host + path);
    expect(ordered).toEqual(["a.example.com/*", "/api/v2/*", "/api/*", "/api", "/*"]);
    for (const route of all) expect(priorities.of(route).testPriority).toBe(priorities.of(route).priority - 1);
  });

  test("stay when another route comes", () => {
    const before = [{ path: "/api/*" }, { path: "/*" }];
    const after = routePriorities([...before, { path: "/new/*" }, { path: "/zoo/*" }]);
    for (const route of before) expect(after.of(route)).toEqual(routePriorities(before).of(route));
  });
});

describe("container definitions", () => {
  const task = { logGroupName: "g", region: "r", networkMode: "awsvpc" as const };
  const container = { name: "a", image: "i", secrets: {}, mounts: [], args: {} };
  const environment = (variables: Record<string, string>) => ({ ...container, environment: variables });

  test("are the same text whatever the order of the environment", () => {
    const one = containerDefinitionsJson([environment({ A: "1", B: "2" })], task);
    expect(containerDefinitionsJson([environment({ B: "2", A: "1" })], task)).toBe(one);
  });

  test("leave the port to Docker in bridge mode only", () => {
    const ports = (networkMode: "awsvpc" | "bridge") => {
      const text = containerDefinitionsJson([{ ...environment({}), args: { containerPort: 80 } }], { ...task, networkMode });
      return (JSON.parse(text) as { portMappings: { hostPort: number }[] }[])[0]!.portMappings.map(({ hostPort }) => hostPort);
    };
    expect(ports("awsvpc")).toEqual([80]);
    expect(ports("bridge")).toEqual([0]);
  });
});
