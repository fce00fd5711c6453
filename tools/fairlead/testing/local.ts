import type { Task } from "@fairlead/local";

import { unresolvedName } from "../src/local/unresolvedName";

const task = (name: string): Task => ({ name, names: [{ name: `${name}.dev.internal`, by: "cloudMap" }] }) as unknown as Task;

/** What is said of a line of a service's, in an environment with the service `api` and the database `accounts`. */
export function causeOfName(service: string, line: string): ReturnType<typeof unresolvedName> {
  const data = [
    { name: "accounts", variables: ["ACCOUNTS_HOST", "ACCOUNTS_PORT"] },
    { name: "reports", variables: ["REPORTS_BUCKET"] },
  ];
  return unresolvedName([line], { task: task(service) }, { tasks: [task(service), task("api")], data });
}
