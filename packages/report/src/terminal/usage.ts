import type { Estimate } from "@fairlead/cost";

import { colors } from "./colors";
import { terminalColumns, wrapped } from "./wrapped";

/** What usage.yaml declares for a stack and nothing in it needs any more; an empty text where there is none. */
export function renderUnusedUsage({ unusedUsage }: Pick<Estimate, "unusedUsage">, columns = terminalColumns()): string {
  return unusedUsage
    .map(({ resource, perMonth }) => {
      const keys = Object.keys(perMonth);
      const end = keys.length === 1 ? "is not needed any more. Remove it." : "are not needed any more. Remove them.";
      return `${wrapped(`${colors.yellow("!")} `, `usage.yaml: ${keys.join(", ")} of ${resource} ${end}`, columns)}\n`;
    })
    .join("");
}
