import { all, output, StackReference, type Input, type Output } from "@pulumi/pulumi";

import { lookedUp } from "./outputReference";
import { stackReference } from "./readOutputs";
import { signatureKey } from "./wireFormat";

const made = new WeakSet<object>();

/** The outputs of another stack. Which it has is not known here, so that whatever is asked for is there. */
export function stackOutputs(stack: string): object {
  const outputs = new Proxy(
    {},
    {
      get: (target, name) =>
        // What the SDK, promises and JSON look for in any object.
        typeof name === "symbol" || name in target || name.startsWith("__") || ["then", "toJSON", signatureKey].includes(name)
          ? (Reflect.get(target, name) as unknown)
          : lookedUp(stackReference, stack, name),
    },
  );
  made.add(outputs);
  return outputs;
}

/** Whether a value is what {@link stackOutputs} made. */
export function areStackOutputs(value: unknown): boolean {
  return typeof value === "object" && value !== null && made.has(value);
}

/** Has programs read single outputs by what they ask for: the SDK would copy all that there are. */
export function useStackOutputs(): void {
  const read = function (this: StackReference, wanted: Input<string>): Output<unknown> {
    return all([this.name, output(wanted)]).apply(([stack, name]) => lookedUp(stackReference, stack, name));
  };
  Object.assign(StackReference.prototype, { getOutput: read, requireOutput: read });
}
