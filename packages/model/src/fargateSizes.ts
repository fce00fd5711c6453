const gibibyte = 1024;
const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => (from + index * step) * gibibyte);

/**
 * Memory in MiB that Fargate offers for each CPU size in CPU units (1,024 units are one vCPU).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const memoryMiBByCpu = new Map<number, readonly number[]>([
  [256, [512, 1024, 2048]],
  [512, range(1, 4, 1)],
  [1024, range(2, 8, 1)],
  [2048, range(4, 16, 1)],
  [4096, range(8, 30, 1)],
  [8192, range(16, 60, 4)],
  [16384, range(32, 120, 8)],
  [32768, [60, 122, 244].map((size) => size * gibibyte)],
]);

/** CPU sizes that Fargate offers, in CPU units. */
export const fargateCpuSizes: readonly number[] = [...memoryMiBByCpu.keys()];

/** Memory sizes in MiB that Fargate offers for a CPU size; empty if there is no such CPU size. */
export function fargateMemorySizes(cpu: number): readonly number[] {
  return memoryMiBByCpu.get(cpu) ?? [];
}

/** The smallest size that Fargate offers with so much memory, of a CPU size or the next ones. */
export function fargateSizeWith(memoryMiB: number, cpu: number): { cpu: number; memoryMiB: number } | undefined {
  return fargateCpuSizes
    .filter((size) => size >= cpu)
    .flatMap((size) => fargateMemorySizes(size).map((memory) => ({ cpu: size, memoryMiB: memory })))
    .find((size) => size.memoryMiB >= memoryMiB);
}

/** Says in a few words which memory sizes go with a CPU size. */
export function describeMemorySizes(cpu: number): string {
  const sizes = fargateMemorySizes(cpu);
  if (sizes.length <= 4) return sizes.join(", ");
  return `${sizes[0]} to ${sizes.at(-1)} in steps of ${sizes[1]! - sizes[0]!}`;
}
