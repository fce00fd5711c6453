import type { Bindable, Task } from "@fairlead/local";
import { calleeVariable, misspelt } from "@fairlead/model";

import { variablesOf, type CauseContext } from "./causeContext";
import type { PartState } from "./taskStates";

/** How programs say that a name has no address, with the name. */
const complaints = [
  /getaddrinfo (?:ENOTFOUND|EAI_AGAIN|EAI_NONAME) ([\w.-]+)/,
  /getaddrinfo for host "([\w.-]+)"/,
  /could not translate host name "([\w.-]+)"/,
  /lookup ([\w.-]+)(?: on \S+)?: (?:no such host|server misbehaving)/,
  /(?:UnknownHostException|unknown host):? ([\w.-]+)/i,
  /(?:Could not resolve host|bad address|Name or service not known)[:']* '?([\w.-]+)/i,
  /host not found in upstream "([\w.-]+)"/,
  /failed to lookup address information.*?([\w.-]+)$/,
];

/** A name that a task looks for in vain, and what to write so that it is told the right one. Names are those of AWS: what Compose calls `db` is nowhere. */
export function unresolvedName(
  lines: readonly string[],
  { task }: Pick<PartState, "task">,
  { tasks, data }: Pick<CauseContext, "tasks" | "data">,
): { id: string; cause: string; fix: string } | undefined {
  if (!task) return undefined;
  const name = [...lines].reverse().flatMap((line) => complaints.flatMap((pattern) => pattern.exec(line)?.[1] ?? []))[0];
  if (name === undefined) return undefined;
  const owner = tasks.find((each) => each.name !== task.name && each.names.some((known) => known.name === name));
  if (owner)
    return {
      id: "unresolvable-name",
      cause: `it asks for ${name}, which ${owner.name} has for its callers alone, and ${task.name} is none of them`,
      fix: callsFix(owner.name),
    };
  if (isPublic(name))
    return {
      id: "unresolvable-name",
      cause: `it asks for ${name}, and there is no such name, or no way out to it`,
      fix: "See whether this machine finds it, and whether the task may leave: its egress rules, and on AWS a NAT gateway or an endpoint.",
    };
  return {
    id: "unresolvable-name",
    cause: `it asks for ${name}, a name that nothing has here or on ECS`,
    fix: fixOf(name, task, tasks, data),
  };
}

/** A name of the internet's: those of one label, and under the ends that are kept for private use, are none. */
const isPublic = (name: string) => name.includes(".") && !/\.(internal|local|localhost|lan|home|corp|test|svc)$/i.test(name);

const callsFix = (service: string) =>
  `Write \`calls: [${service}]\` into service.yaml, and take the address from ${calleeVariable(service)}.`;

function fixOf(name: string, task: Task, tasks: CauseContext["tasks"], data: readonly Bindable[]): string {
  const variables = variablesOf(task);
  const services = tasks.filter((each) => each.names.length > 0 && each.name !== task.name).map((each) => each.name);
  const stores = data.map((each) => each.name);
  const [short = name] = name.split(".");
  const meant = (names: readonly string[]) => (names.includes(short) ? short : misspelt(short, names));
  const service = meant(services);
  const store = service === short ? undefined : meant(stores);
  if (service !== undefined && store === undefined) return callsFix(service);
  const chosen =
    data.find((each) => each.name === store) ??
    data.find(({ variables }) => isDatabase(short) && variables.some((each) => each.endsWith("_HOST")));
  if (chosen?.variables.some((variable) => variables.has(variable)))
    return `Read ${chosen.variables.find((each) => /_(HOST|URL)$/.test(each)) ?? chosen.variables[0]} (${chosen.name}): the task has this variable.`;
  if (chosen)
    return `Write \`uses: [{ name: ${chosen.name} }]\` into service.yaml, and take the address from ${chosen.variables.find((each) => /_(HOST|URL)$/.test(each)) ?? chosen.variables[0]}.`;
  return "Declare what it is with `uses:` (data) or `calls:` (another service) in service.yaml, and take the address from the variable that this brings.";
}

const isDatabase = (name: string) => /^(db|database|postgres(ql)?|pg|mysql|mariadb)$/i.test(name);
