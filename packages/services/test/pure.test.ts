import { containerDefinitionsJson } from "../src/containerDefinitions";
import { fargateCpuSizes, fargateMemorySizes } from "../src/fargateSizes";
import { routePriorities } from "../src";

test("Fargate's sizes: 8 of CPU, each with its own of memory", () => {
  expect(fargateCpuSizes).toEqual([256, 512, 1024, 2048, 4096, 8192, 16384, 32768]);
  expect(fargateMemorySizes(256)).toEqual([512, 1024, 2048]);
  expect(fargateMemorySizes(4096).at(-1)).toBe(30 * 1024);
  expect(fargateMemorySizes(8192)).toContain(20 * 1024);
  expect(fargateMemorySizes(300)).toEqual([]);
});

describe("route priorities", () => {
  const paths = Array.from({ length: 100 }, (_, i) => `/service-${i}/*`);

  test("are distinct and within 1 to 50,000, also for the most rules that a load balancer takes", () => {
    const priorities = [...routePriorities([...paths, "/*", "/"]).values()];
    expect(new Set(priorities).size).toBe(102);
    expect(Math.min(...priorities)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...priorities)).toBeLessThanOrEqual(50_000);
  });

  test("put the longer path first and the catch-all last", () => {
    const priorities = routePriorities(["/*", "/api/*", "/api/v2/*", "/api"]);
    const ordered = [...priorities].sort((a, b) => a[1] - b[1]).map(([path]) => path);
    expect(ordered).toEqual(["/api/v2/*", "/api/*", "/api", "/*"]);
  });

  test("stay when another route comes", () => {
    const before = routePriorities(["/api/*", "/*"]);
    const after = routePriorities(["/api/*", "/*", "/new/*", "/zoo/*"]);
    for (const [path, priority] of before) expect(after.get(path)).toBe(priority);
  });
});

test("container definitions are the same text whatever the order of the environment", () => {
  const container = { name: "a", image: "i", stopTimeoutSeconds: 30, logGroupName: "g", region: "r" };
  const one = containerDefinitionsJson([{ ...container, environment: { A: "1", B: "2" } }]);
  expect(containerDefinitionsJson([{ ...container, environment: { B: "2", A: "1" } }])).toBe(one);
});
