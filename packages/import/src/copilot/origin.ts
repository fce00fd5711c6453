import type { Origin } from "../write/imported";
import { differingDefaults } from "./defaults";

/** What is said of an import from Copilot. */
export const copilotOrigin: Origin = {
  tool: "Copilot",
  what: "Copilot application",
  defaults: differingDefaults,
  callsBefore: "With Copilot each service reached each other.",
  afterwards: [
    "4. When it serves, lead the names over. Copilot's own stacks stay until you delete them: `copilot svc delete`, the environment last.",
  ],
  beside: ", beside the one that Copilot made: nothing of that is touched.",
  namespaceComment: "As Copilot calls it, so that programs that know each other by these names find each other.",
  regionComment: "The region that the environment is in: `copilot env show` says it.",
};
