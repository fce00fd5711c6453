/** Platforms that images are built for, as BuildKit and the OCI image index name them. Fargate runs Linux on these two. */
export const platforms = ["linux/amd64", "linux/arm64"] as const;
export type Platform = (typeof platforms)[number];

const platformByCpuArchitecture = { X86_64: "linux/amd64", ARM64: "linux/arm64" } as const;

/**
 * CPU architectures as a task definition's `runtimePlatform` names them.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
 */
export type CpuArchitecture = keyof typeof platformByCpuArchitecture;
export const cpuArchitectures = Object.keys(platformByCpuArchitecture) as CpuArchitecture[];

/** The platform that a task of this CPU architecture needs from each of its images. */
export type PlatformOf<A extends CpuArchitecture> = (typeof platformByCpuArchitecture)[A];

/** The platform that a task of this CPU architecture needs from each of its images. */
export function platformOf<A extends CpuArchitecture>(cpuArchitecture: A): PlatformOf<A> {
  return platformByCpuArchitecture[cpuArchitecture];
}

/** `linux/arm64` → `arm64`: the suffix of per-platform tags, cache tags and resource names. */
export function architectureOf(platform: Platform): string {
  return platform.slice(platform.indexOf("/") + 1);
}
