import { variablePrefix } from "@fairlead/model";

import type { SecretVariable } from "../compose/model";
import type { LocalData } from "../data/model";
import type { ContainerDefinition } from "../task/containerDefinition";
import type { Task } from "../task/task";

/** A secret that a person has to fill in. */
export interface NeededSecret extends SecretVariable {
  task: string;
  /** The variable that the container gets. */
  name: string;
  /** What the manifest says of it, below the root. */
  file?: string;
}

const reference = /^\$\{(urn:pulumi:[^}]+)\}(?::([^:]*))?/;

/** Where secrets of tasks come from: logins of databases are made here, others are in the file of secrets. */
export class LocalSecrets {
  private readonly made: ReadonlyMap<string, string>;
  private readonly variables: ReadonlyMap<string, string>;
  /** Those that were asked for and are not made here. */
  readonly needed: NeededSecret[] = [];

  constructor(data: readonly LocalData[], tasks: readonly Task[]) {
    this.made = new Map(data.flatMap(({ secrets }) => Object.entries(secrets)));
    this.variables = variablesOf(tasks);
  }

  of(task: Task, { name, valueFrom }: NonNullable<ContainerDefinition["secrets"]>[number]): string | SecretVariable {
    const [, urn, key] = reference.exec(valueFrom) ?? [];
    const made = urn === undefined ? undefined : this.made.get(key ? `${urn}:${key}` : urn);
    if (made !== undefined) return made;
    const variable = this.variables.get(keyOf(task, name))!;
    if (!this.needed.some((each) => each.task === task.name && each.name === name))
      this.needed.push({ variable, task: task.name, name, ...(task.file !== undefined && { file: task.file }) });
    return { variable };
  }
}

const keyOf = (task: Task, name: string) => `${task.name} ${name}`;

/** The secret's own name, unless two tasks mean different secrets by it: then each has its task's before it. */
function variablesOf(tasks: readonly Task[]): Map<string, string> {
  const all = tasks.flatMap((task) => task.containers.flatMap(({ secrets = [] }) => secrets.map((secret) => ({ task, ...secret }))));
  const sources = new Map<string, Set<string>>();
  for (const { name, valueFrom } of all) sources.set(name, (sources.get(name) ?? new Set()).add(valueFrom));
  return new Map(
    all.map(({ task, name }) => [keyOf(task, name), sources.get(name)!.size === 1 ? name : `${variablePrefix(task.name)}_${name}`]),
  );
}
