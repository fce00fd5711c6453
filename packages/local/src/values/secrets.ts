import { groupBy } from "@fairlead/changes";
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
    const variable = this.variables.get(keyOf(task, { name, valueFrom }))!;
    if (!this.needed.some((each) => each.task === task.name && each.variable === variable))
      this.needed.push({ variable, task: task.name, name, ...(task.file !== undefined && { file: task.file }) });
    return { variable };
  }
}

type Secret = NonNullable<ContainerDefinition["secrets"]>[number];

const keyOf = (task: Task, { name, valueFrom }: Secret) => `${task.name} ${name} ${valueFrom}`;

/** A secret's name as the file of secrets can have it: Compose fills in no name with dots or hyphens. */
const fileName = (name: string) => name.replaceAll(/[.-]/g, "_");

/**
 * The secret's own name, unless others mean another secret by it: then it has its task's before it, its container's where the
 * task has two, and a number where that is another secret's own name.
 */
function variablesOf(tasks: readonly Task[]): Map<string, string> {
  const all = tasks.flatMap((task) =>
    task.containers.flatMap(({ name: container, secrets = [] }) => secrets.map((secret) => ({ task, container, secret }))),
  );
  const hasOneSource = (given: typeof all) => new Set(given.map(({ secret }) => secret.valueFrom)).size === 1;
  const byName = groupBy(all, ({ secret }) => secret.name);
  const wanted = all.map(({ task, container, secret }) => {
    const same = byName.get(secret.name)!;
    const ofTask = same.filter((other) => other.task === task);
    const prefixes = hasOneSource(same) ? [] : hasOneSource(ofTask) ? [task.name] : [task.name, container];
    return { task, secret, prefixes, variable: [...prefixes.map(variablePrefix), fileName(secret.name)].join("_") };
  });
  // API_TOKEN of web is another one than TOKEN of api: who has the name as it stands keeps it, and the other one gets a number.
  wanted.sort((a, b) => a.prefixes.length - b.prefixes.length);
  const sources = new Map<string, string>();
  return new Map(
    wanted.map(({ task, secret, variable }) => {
      let free = variable;
      for (let number = 2; (sources.get(free) ?? secret.valueFrom) !== secret.valueFrom; number++) free = `${variable}_${number}`;
      sources.set(free, secret.valueFrom);
      return [keyOf(task, secret), free];
    }),
  );
}
