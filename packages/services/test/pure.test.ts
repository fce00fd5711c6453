import { containerDefinitionsJson } from "../src/task/containerDefinitions";
import { fargateCpuSizes, fargateMemorySizes } from "@fairlead/model";

test("Fargate's sizes: 8 of CPU, each with its own of memory", () => {
  expect(fargateCpuSizes).toEqual([256, 512, 1024, 2048, 4096, 8192, 16384, 32768]);
  expect(fargateMemorySizes(256)).toEqual([512, 1024, 2048]);
  expect(fargateMemorySizes(4096).at(-1)).toBe(30 * 1024);
  expect(fargateMemorySizes(8192)).toContain(20 * 1024);
  expect(fargateMemorySizes(300)).toEqual([]);
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
