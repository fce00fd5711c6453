import type { Binding } from "@fairlead/foundation";
import { bindingNames, bindingParts, type BindingNames, type DataKind } from "@fairlead/model";

/** A binding with the variables of a service's own names besides the usual ones. Parts without a usual one come with the binding itself. */
export function withOwnNames(binding: Binding, kind: DataKind, name: string, as: BindingNames = {}): Binding {
  const parts = bindingParts(kind, name);
  const own = <T>(given: Record<string, T> = {}): Record<string, T> => {
    const named = Object.keys(as).flatMap((part): [string, T][] => {
      const usual = parts.get(part)?.variable;
      return usual !== undefined && usual in given ? bindingNames(as, part).map((variable) => [variable, given[usual]!]) : [];
    });
    return { ...given, ...Object.fromEntries(named) };
  };
  return { ...binding, environment: own(binding.environment), secrets: own(binding.secrets) };
}
