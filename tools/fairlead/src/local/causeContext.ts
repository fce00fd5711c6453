import type { Bindable, Task } from "@fairlead/local";

import type { ComposeEngine } from "./composeEngine";

/** What is known of the environment that a fix can name. */
export interface CauseContext {
  compose: ComposeEngine;
  tasks: readonly Task[];
  /** What services can bind to. */
  data: readonly Bindable[];
}

/** A task's variables by their names; those from secrets have a value that nobody reads here. */
export function variablesOf({ containers }: Task): Map<string, string> {
  return new Map(
    containers.flatMap(({ environment = [], secrets = [] }) => [
      ...environment.map(({ name, value }) => [name, String(value)] as const),
      ...secrets.map(({ name }) => [name, ""] as const),
    ]),
  );
}
