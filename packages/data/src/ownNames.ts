import type { Binding } from "@fairlead/foundation";
import { bindingParts, type DataKind } from "@fairlead/model";

/** A binding with the variables of a service's own names besides the usual ones. A whole URL has none, and comes with the binding itself. */
export function withOwnNames(binding: Binding, kind: DataKind, name: string, as: Readonly<Record<string, string>> = {}): Binding {
  const parts = bindingParts(kind, name);
  const own = <T>(given: Record<string, T> = {}): Record<string, T> => {
    const named = Object.entries(as).flatMap(([part, variable]): [string, T][] => {
      const usual = parts.get(part)?.variable;
      return usual !== undefined && usual in given ? [[variable, given[usual]!]] : [];
    });
    return { ...given, ...Object.fromEntries(named) };
  };
  return { ...binding, environment: own(binding.environment), secrets: own(binding.secrets) };
}
