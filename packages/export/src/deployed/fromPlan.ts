import type { Plan } from "@fairlead/plan";

import type { Deployed } from "./deployed";

/** A stack as its plan has it. What only AWS knows is open. */
export function fromPlan({ stack, resources }: Plan): Deployed {
  return {
    stack,
    from: "plan",
    resources: resources.map(({ urn, type, name, parent, custom, inputs }) => ({
      ...{ urn, type, name, inputs },
      isManaged: custom,
      outputs: {},
      ...(parent !== null && { parent }),
    })),
  };
}
