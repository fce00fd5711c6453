import type { Origin } from "../write/imported";
import { differingDefaults } from "./defaults";

/** What is said of an import from Compose. */
export const composeOrigin: Origin = {
  tool: "Compose",
  what: "Compose project",
  defaults: differingDefaults,
  callsBefore: "With Compose each service reached each other of its network.",
  afterwards: [
    "4. What is in volumes and databases stays on the machine that it is on: pg_dump and psql through `npx fairlead tunnel` move a database, a task that mounts the file system moves files.",
    "5. The Compose file stays as it is, for whoever develops with it; `npm run local` runs what is deployed.",
  ],
  beside: ".",
  namespaceComment: "The domain in which services find each other, as their variables name it.",
  regionComment: "The region that the environment is in.",
};
