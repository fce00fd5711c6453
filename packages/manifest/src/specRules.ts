import { existsSync } from "node:fs";
import { relative } from "node:path";
import { platformOf } from "@fairlead/registry/platform";
import { describeMemorySizes, fargateCpuSizes, fargateMemorySizes } from "@fairlead/services/fargateSizes";

import type { Diagnostic } from "./diagnostic";
import type { ServiceSpec } from "./spec";

/** Says where a key of the merged manifest comes from: the environment's override if it is set there, else the base. */
export type Locate = (path: (string | number)[]) => { file: string; line: number; column: number };

/** What one spec must hold by itself, whatever the other services are. */
export function specDiagnostics(spec: ServiceSpec, locate: Locate): Diagnostic[] {
  return [...sizes(spec, locate), ...dockerfile(spec, locate), ...platform(spec, locate), ...healthCheck(spec, locate)];
}

function sizes({ cpu, memoryMiB }: ServiceSpec, locate: Locate): Diagnostic[] {
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
}

function nearest(value: number, allowed: readonly number[]): number {
  return allowed.reduce((best, size) => (Math.abs(size - value) < Math.abs(best - value) ? size : best));
}

function dockerfile({ build }: ServiceSpec, locate: Locate): Diagnostic[] {
  if (existsSync(build.dockerfile)) return [];
  return [
    {
      code: "FL1008",
      ...locate(["build", "dockerfile"]),
      problem: `there is no ${relative(process.cwd(), build.dockerfile)}`,
      expected: "the Dockerfile that builds the service's image",
      fix: "Add the file, or name another as build.dockerfile, relative to the service.yaml.",
    },
  ];
}

function platform({ build, runtimePlatform }: ServiceSpec, locate: Locate): Diagnostic[] {
  const needed = platformOf(runtimePlatform.cpuArchitecture);
  if (build.platforms.includes(needed)) return [];
  const built = build.platforms.join(", ");
  return [
    {
      code: "FL1009",
      ...locate(["build", "platforms"]),
      problem: `the image is built for ${built}, the task runs on ${needed} (runtimePlatform.cpuArchitecture: ${runtimePlatform.cpuArchitecture})`,
      expected: `build.platforms with ${needed}, or none: then it follows runtimePlatform`,
      consequence: 'Every task would die at start with "exec format error".',
      fix: `Remove build.platforms, or add ${needed} to it, or set runtimePlatform.cpuArchitecture to match ${built}.`,
    },
  ];
}

function healthCheck({ healthCheck: { intervalSeconds, timeoutSeconds } }: ServiceSpec, locate: Locate): Diagnostic[] {
  if (timeoutSeconds < intervalSeconds) return [];
  return [
    {
      code: "FL1012",
      ...locate(["healthCheck", "timeoutSeconds"]),
      problem: `healthCheck.timeoutSeconds is ${timeoutSeconds}, intervalSeconds is ${intervalSeconds}`,
      expected: "timeoutSeconds less than intervalSeconds",
      consequence: "Elastic Load Balancing would refuse the target group.",
      fix: `Set timeoutSeconds to ${Math.max(2, intervalSeconds - 1)} or less, or raise intervalSeconds.`,
    },
  ];
}
