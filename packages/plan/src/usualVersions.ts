import type { PlanResource } from "./model";

/** Resources that say the version of their plugin only where it is another one than most of the package's have: each SDK says its own everywhere. */
export function withoutUsualVersions(resources: PlanResource[]): PlanResource[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { type, options } of resources) {
    if (options.version === undefined) continue;
    const ofPackage = counts.get(packageOf(type)) ?? new Map<string, number>();
    counts.set(packageOf(type), ofPackage.set(options.version, (ofPackage.get(options.version) ?? 0) + 1));
  }
  const usual = new Map([...counts].map(([name, versions]) => [name, [...versions].sort(([, a], [, b]) => b - a)[0]![0]]));
  for (const { type, options } of resources) if (options.version === usual.get(packageOf(type))) delete options.version;
  return resources;
}

/** `aws`, of its resources and of its providers. */
export function packageOf(type: string): string {
  const [first, , name] = type.split(":");
  return first === "pulumi" && name !== undefined && type.startsWith("pulumi:providers:") ? name : first!;
}
