import type { Plan } from "./model";
import { lookupUrn, referencesIn } from "./outputReference";

/** The type of what reads another stack. */
export const stackReference = "pulumi:pulumi:StackReference";

const lookUp = lookupUrn(stackReference, "");

/** What a plan has of other stacks' outputs: of which stack, as its program names it, and which one. */
export function readOutputs({ resources, outputs }: Pick<Plan, "resources" | "outputs">): { stack: string; output: string }[] {
  const values = [outputs, ...resources.map(({ inputs }) => inputs)];
  return values
    .flatMap(referencesIn)
    .flatMap(({ urn, attribute }) =>
      urn.startsWith(lookUp) ? [{ stack: urn.slice(lookUp.length), output: attribute.split(/[.[]/)[0]! }] : [],
    );
}
