import type { Origin } from "../write/imported";
import { differingDefaults } from "./defaults";

/** What is said of an import of task definitions. */
export const taskDefinitionOrigin: Origin = {
  tool: "ECS",
  what: "ECS application",
  defaults: differingDefaults,
  callsBefore: "",
  afterwards: [
    "4. When it serves, lead the names over. The services that run, and their task definitions, stay until you delete them.",
    "5. The workflow that registers the task definition goes on deploying the old service until you remove it.",
  ],
  beside: ", beside the services that run: nothing of these is touched.",
  namespaceComment: "The domain in which services find each other.",
  regionComment: "The region that the environment is in.",
};
