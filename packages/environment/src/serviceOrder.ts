import type { ServiceSpec } from "@fairlead/manifest";

/**
 * The services in an order in which each can be made with what it waits for: jobs first, and callees before their callers where these wait for
 * them. Manifests with calls in a circle were refused.
 */
export function inOrder(specs: readonly ServiceSpec[], waitsFor: (spec: ServiceSpec) => string[]): ServiceSpec[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const ordered = new Set<ServiceSpec>();
  const add = (spec: ServiceSpec): void => {
    if (ordered.has(spec)) return;
    for (const name of waitsFor(spec)) add(byName.get(name)!);
    ordered.add(spec);
  };
  const isJob = ({ kind }: ServiceSpec) => Number(kind === "job");
  [...specs].sort((a, b) => isJob(b) - isJob(a)).forEach(add);
  return [...ordered];
}
