import type { Bindable, Task } from "@fairlead/local";
import { calleeVariable, type DataKind } from "@fairlead/model";

import { variablesOf, type CauseContext } from "./causeContext";
import type { PartState } from "./taskStates";

const loopback = String.raw`(?<![\w.:-])(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|::1)`;

/** How programs name the port of their own localhost. */
const ports = [
  // `connect ECONNREFUSED ::1:6379`, and Java's `localhost/127.0.0.1:6379`.
  new RegExp(String.raw`${loopback}(?:/[\w.<>:]*?)?:(\d{1,5})\b`),
  // psql's `"localhost" (127.0.0.1), port 5432`, curl's `localhost port 8080`.
  new RegExp(String.raw`${loopback}"?(?: \([\w.:]+\))?,? port (\d{1,5})\b`),
  // Python's `('127.0.0.1', 5432)` and `host='localhost', port=3000`.
  new RegExp(String.raw`${loopback}', (?:port=)?(\d{1,5})\b`),
  // libpq that is told no host at all.
  /\.s\.PGSQL\.(\d{1,5})\b/,
];

const isRefused = (line: string) =>
  /refused|connect call failed|(failed|unable|cannot|could not|couldn't) (to )?connect|connection to server .* failed/i.test(line);

/** What usually listens there, on a machine where all runs beside each other: 4566 is the emulators of AWS. */
const usualKinds: Readonly<Record<number, readonly DataKind[]>> = {
  5432: ["postgres"],
  6379: ["cache"],
  4566: ["queue", "topic", "table", "bucket"],
};

/** A port that a task looks for in vain at itself, and what to read instead: here and on ECS localhost is the task alone. */
export function ownLocalhost(
  lines: readonly string[],
  { task }: Pick<PartState, "task">,
  { tasks, data }: Pick<CauseContext, "tasks" | "data">,
): { id: string; cause: string; fix: string } | undefined {
  if (!task) return undefined;
  const port = [...lines].reverse().flatMap((line) => (isRefused(line) ? (portIn(line) ?? []) : []))[0];
  if (port === undefined) return undefined;
  return {
    id: "dependency-unreachable",
    cause: `it asks itself on port ${port}, where nothing listens: localhost is the task alone`,
    fix: fixOf(port, task, tasks, data),
  };
}

function portIn(line: string): number | undefined {
  const found = ports.flatMap((pattern) => pattern.exec(line)?.[1] ?? [])[0];
  return found === undefined ? undefined : Number(found);
}

function fixOf(port: number, task: Task, tasks: readonly Task[], data: readonly Bindable[]): string {
  if (listensOn(task, port)) return "A container of the task itself is to listen there: ask it again until it does.";
  const variables = variablesOf(task);
  const bound = tasks.flatMap((each) => [...variablesOf(each)].flatMap(([name, value]) => (isOfPort(value, port) ? name : [])));
  const stores = data.filter(({ kind, variables: own }) => usualKinds[port]?.includes(kind) || own.some((name) => bound.includes(name)));
  const used = stores.filter(({ variables: own }) => own.some((name) => variables.has(name)));
  if (used.length > 0) return usedFix(port, used);
  const callees = tasks.filter((each) => each.name !== task.name && each.names.length > 0 && listensOn(each, port));
  const called = callees.find(({ name }) => variables.has(calleeVariable(name)));
  if (called) return `Take the address of ${called.name} from ${calleeVariable(called.name)}, which the task has.`;
  const [store] = stores;
  if (store) return `Write \`uses: [{ name: ${store.name} }]\` into service.yaml, and take the address from ${read(port, store)}.`;
  const [callee] = callees;
  if (callee) return `Write \`calls: [${callee.name}]\` into service.yaml, and take the address from ${calleeVariable(callee.name)}.`;
  return "Declare what it is with `uses:` (data) or `calls:` (another service) in service.yaml, and take the address from the variable that this brings.";
}

/** `5432`, and `rediss://…:6379`. */
const isOfPort = (value: string, port: number) => value === String(port) || value.endsWith(`:${port}`);

const usedFix = (port: number, used: readonly Bindable[]) =>
  `Read ${used.map((store) => `${read(port, store)} (${store.name})`).join(" or ")}: the task has these variables.`;

/** Variables, with the one by which AWS's SDKs find where they are answered. */
function read(port: number, { variables }: Bindable): string {
  const all = port === 4566 ? [...variables, "AWS_ENDPOINT_URL"] : variables;
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : all.join("");
}

const listensOn = ({ containers }: Task, port: number) =>
  containers.some(({ portMappings = [] }) => portMappings.some(({ containerPort }) => containerPort === port));
