import { bindingVariables, dataKinds, type DataKind } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";

/** What services can bind to with `uses:`. */
export interface Bindable {
  name: string;
  kind: DataKind;
  /** Variables that a binding brings: `ACCOUNTS_HOST`. */
  variables: string[];
}

const typePattern = /^fairlead:data:(\w)(\w*)$/;

/** The data of a plan that our own components made. */
export function bindableData({ resources }: Plan): Bindable[] {
  return resources.flatMap(({ type, name }) => {
    const [, first, rest] = typePattern.exec(type) ?? [];
    const kind = `${first?.toLowerCase()}${rest}` as DataKind;
    if (!dataKinds.includes(kind)) return [];
    const { environment, secrets } = bindingVariables(kind, name);
    return [{ name, kind, variables: [...Object.values<string>(environment), ...Object.values<string>(secrets)] }];
  });
}
