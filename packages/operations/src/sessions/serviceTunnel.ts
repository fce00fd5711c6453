import { coded, UserError } from "@fairlead/model";

import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { reachableTask } from "./reachableTask";
import { itself, type TunnelEnd } from "./tunnel";

/** A service that another one calls, and how it finds it. */
export interface CallerOfService {
  service: ServiceInAws;
  /** The other one's name there: `api.dev.internal`. */
  host: string;
  port: number;
}

/**
 * Finds the way to a service's port: through a task of its own, and where that lets no sessions in, through one of a service that may call it.
 *
 * @throws UserError where none of them lets sessions in, with what is in the way of each
 */
export async function serviceTunnelEnd(
  stack: Pick<OperatedStack, "inAws" | "clients">,
  service: ServiceInAws,
  port: number,
  callers: readonly CallerOfService[] = [],
): Promise<TunnelEnd> {
  const reasons: string[] = [];
  for (const way of [{ service, host: itself, port }, ...callers]) {
    try {
      const through = await reachableTask(stack, way.service);
      return { host: way.host, port: way.port, through, service: way.service.name, kind: "service" };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      reasons.push(error.message.replace(/^FL\d+ /, ""));
    }
  }
  throw new UserError(coded("FL2804", reasons.join("\n")));
}
