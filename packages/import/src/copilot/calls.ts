import type { Place } from "../source/sourceNode";
import type { InferredCall } from "../write/imported";

/** What may hold addresses of other services. */
export interface CallSource {
  service: string;
  /** Variables in any environment. */
  variables: readonly { name: string; value: string; place?: Place }[];
}

/**
 * Calls between services, by what their variables hold: `<service>.<environment>.<application>.local`, which the plain names of Service Connect are by
 * then as well.
 */
export function inferredCalls(sources: readonly CallSource[], callable: readonly string[], application: string): InferredCall[] {
  return sources.flatMap(({ service, variables }) =>
    callable
      .filter((name) => name !== service)
      .flatMap((name): InferredCall[] => {
        const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
        const full = new RegExp(`(?:^|[^\\w.-])${escaped}\\.[\\w\\uE000-]+\\.${application}\\.local\\b`);
        const found = variables.find(({ value }) => full.test(value));
        if (!found) return [];
        return [{ from: service, to: name, certainty: "sure", place: found.place, seen: `the variable ${found.name}` }];
      }),
  );
}
