/** What an instance type has: CPU units as ECS counts them, and memory before the system takes its part. */
export interface InstanceSize {
  cpu: number;
  memoryMiB: number;
}

/** Memory of each vCPU, by class, of generations that are built alike. Older ones and other classes have sizes of their own. */
const memoryPerVcpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Of types whose vCPUs are shared. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html */
const burstable: Readonly<Record<string, readonly [vcpus: number, gib: number]>> = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  "2xlarge": [8, 32],
};

/**
 * What a type has by its name; undefined where the name doesn't say it.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function sizeOf(instanceType: string): InstanceSize | undefined {
  const [, family = "", generation = "", size = ""] = /^([a-z]+)(\d+)[a-z-]*\.(\w+)$/.exec(instanceType) ?? [];
  const shared = family === "t" ? burstable[size] : undefined;
  if (shared) return { cpu: shared[0] * 1024, memoryMiB: shared[1] * 1024 };
  const perVcpu = Number(generation) >= 5 ? memoryPerVcpu[family] : undefined;
  const vcpus = vcpusOf(size);
  return perVcpu === undefined || vcpus === undefined ? undefined : { cpu: vcpus * 1024, memoryMiB: vcpus * perVcpu * 1024 };
}

function vcpusOf(size: string): number | undefined {
  const fixed: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  return times === undefined ? fixed[size] : 4 * Number(times);
}
