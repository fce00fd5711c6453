import type { Task } from "@fairlead/local";

import { isLoopback, listenersOf, listenerText } from "../run/listeners";
import type { ComposeEngine } from "./composeEngine";

/** A service listens where its load balancer doesn't ask. */
export interface ListensElsewhere {
  id: "loopback" | "wrong-port";
  cause: string;
  fix: string;
}

/** Where a service listens instead; undefined where it listens as it should, and where nobody can say. @param id of one of its containers, which share a network */
export async function listensElsewhere(
  { registrations }: Pick<Task, "registrations">,
  id: string,
  { engine }: ComposeEngine,
): Promise<ListensElsewhere | undefined> {
  const { port } = registrations[0]!;
  // Docker's own name server listens in each container.
  const listeners = (await listenersOf(engine, id))?.filter(({ address }) => address !== "127.0.0.11");
  const there = listeners?.filter((listener) => listener.port === port);
  if (there?.some(isLoopback) && there.every(isLoopback))
    return {
      id: "loopback",
      cause: `it listens on ${listenerText(there[0]!)} alone, where nobody else reaches it`,
      fix: "Listen on 0.0.0.0 (or `::`).",
    };
  if (!listeners || there!.length > 0) return undefined;
  const others = listeners.map(listenerText).join(", ");
  return {
    id: "wrong-port",
    cause: `nothing listens on its containerPort ${port}${others ? `; it listens on ${others}` : ""}`,
    fix: "Listen on the port that the variable PORT has, or write the program's own as containerPort.",
  };
}
