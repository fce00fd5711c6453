import { describeMemorySizes, fargateCpuSizes, fargateMemorySizes } from "@fairlead/model";

import { onFargate } from "../onFargate";
import type { Rule } from "./rule";

/** Fargate offers certain pairs of CPU and memory. */
export const sizes: Rule = ({ spec, locate }) => {
  if (!onFargate(spec)) return [];
  const { cpu, memoryMiB } = spec;
  const consequence = "ECS would refuse the task definition.";
  if (!fargateCpuSizes.includes(cpu)) {
    const expected = `one of ${fargateCpuSizes.join(", ")} CPU units`;
    const fix = `Set cpu to ${nearest(cpu, fargateCpuSizes)}.`;
    return [
      { code: "FL1006", ...locate(["cpu"]), problem: `cpu is ${cpu}, a size that Fargate does not offer`, expected, consequence, fix },
    ];
  }
  const offered = fargateMemorySizes(cpu);
  if (offered.includes(memoryMiB)) return [];
  const cpuForMemory = fargateCpuSizes.find((size) => fargateMemorySizes(size).includes(memoryMiB));
  return [
    {
      code: "FL1006",
      ...locate(["memoryMiB"]),
      problem: `memoryMiB is ${memoryMiB} with cpu ${cpu}, a pair that Fargate does not offer`,
      expected: `with cpu ${cpu}: ${describeMemorySizes(cpu)} MiB`,
      consequence,
      fix: `Set memoryMiB to ${nearest(memoryMiB, offered)}${cpuForMemory ? `, or cpu to ${cpuForMemory}` : ""}.`,
    },
  ];
};

function nearest(value: number, allowed: readonly number[]): number {
  return allowed.reduce((best, size) => (Math.abs(size - value) < Math.abs(best - value) ? size : best));
}
