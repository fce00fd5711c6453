import { bindingVariables, dataKinds, type DataKind } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import type { RunnableInAws } from "./serviceInAws";

/** What services bind to. */
export interface DataInAws {
  name: string;
  kind: DataKind;
  /** Services and jobs that are bound to it: whose tasks may connect. */
  usedBy: string[];
  /**
   * Variables of their containers that say where it answers. Its host has digits that AWS gives, and each task that is bound to it knows it. Undefined
   * where nothing listens, as for a queue.
   */
  address: { host: string; port: string | undefined } | { url: string } | undefined;
}

const componentType = /^fairlead:data:(\w+)$/;

/** The data of a plan, by name. */
export function dataIn(resources: readonly PlanResource[], runnables: readonly RunnableInAws[]): DataInAws[] {
  return resources
    .flatMap(({ type, name }) => {
      const kind = dataKinds.find((each) => each.toLowerCase() === componentType.exec(type)?.[1]?.toLowerCase());
      if (kind === undefined) return [];
      const usedBy = runnables.filter(({ uses }) => uses.includes(name)).map((runnable) => runnable.name);
      return [{ name, kind, usedBy: usedBy.sort(), address: addressOf(kind, name) }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function addressOf(kind: DataKind, name: string): DataInAws["address"] {
  if (kind === "postgres") {
    const { HOST, PORT } = bindingVariables(kind, name).environment;
    return { host: HOST, port: PORT };
  }
  return kind === "cache" ? { url: bindingVariables(kind, name).environment.URL } : undefined;
}
