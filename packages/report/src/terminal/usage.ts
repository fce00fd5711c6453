import type { Estimate } from "@fairlead/cost";

import { colors } from "./colors";

/** What usage.yaml declares for a stack and nothing in it needs any more; an empty text where there is none. */
export function renderUnusedUsage({ unusedUsage }: Pick<Estimate, "unusedUsage">): string {
  return unusedUsage
    .map(({ resource, perMonth }) => {
      const keys = Object.keys(perMonth).join(", ");
      return `${colors.yellow("!")} usage.yaml: ${keys} of ${resource} is not needed any more. Remove it.\n`;
    })
    .join("");
}
