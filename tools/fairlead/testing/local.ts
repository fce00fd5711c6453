import type { Bindable, Task } from "@fairlead/local";

import { ownLocalhost } from "../src/local/ownLocalhost";
import type { LocalContainer } from "../src/local/containers";
import { unresolvedName } from "../src/local/unresolvedName";

interface ToldTask {
  environment?: Record<string, string>;
  secrets?: string[];
  port?: number;
}

const task = (name: string, { environment = {}, secrets = [], port }: ToldTask = {}): Task =>
  ({
    name,
    names: [{ name: `${name}.dev.internal`, by: "cloudMap" }],
    containers: [
      {
        name,
        environment: Object.entries(environment).map(([key, value]) => ({ name: key, value })),
        secrets: secrets.map((key) => ({ name: key, valueFrom: "" })),
        portMappings: port === undefined ? [] : [{ containerPort: port }],
      },
    ],
  }) as unknown as Task;

const data: Bindable[] = [
  { name: "accounts", kind: "postgres", variables: ["ACCOUNTS_HOST", "ACCOUNTS_PORT", "ACCOUNTS_PASSWORD"] },
  { name: "reports", kind: "bucket", variables: ["REPORTS_BUCKET"] },
];

/** What is said of a line of a service's, in an environment with the service `api` and the database `accounts`. */
export function causeOfName(service: string, line: string, environment?: Record<string, string>): ReturnType<typeof unresolvedName> {
  return unresolvedName([line], { task: task(service, { environment }) }, { tasks: [task(service), task("api")], data });
}

/** The same of a connection to itself, where `api` listens on 3000 and `accounts` on 5433; `web` has these variables. */
export function causeOfLocalhost(line: string, environment: Record<string, string> = {}): ReturnType<typeof ownLocalhost> {
  const web = task("web", { environment, port: 8080 });
  const worker = task("worker", { environment: { ACCOUNTS_PORT: "5433" }, secrets: ["ACCOUNTS_PASSWORD"] });
  return ownLocalhost([line, "    at connect (main.js:3)"], { task: web }, { tasks: [web, task("api", { port: 3000 }), worker], data });
}

/** A container of a service that runs, but for what a test says. */
export const localContainer = (service: string, now: Partial<LocalContainer> = {}): LocalContainer => ({
  ...{ id: service, image: "", service, definition: "", task: service, container: service, isNetwork: false, isRelay: false },
  ...{ restartsByItself: true, state: "running", health: undefined, exitCode: 0, outOfMemory: false, restarts: 0, error: "" },
  ...{ startedAt: "", finishedAt: "" },
  ...now,
});
