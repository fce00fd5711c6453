import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { firstReachable, itself, type TunnelEnd } from "./tunnel";

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
  const ways = [{ service, host: itself, port }, ...callers];
  const found = await firstReachable(
    stack,
    ways.map((way) => way.service),
  );
  const { host, port: there } = ways.find((way) => way.service === found.service)!;
  return { host, port: there, through: found.reachable, service: found.service.name, kind: "service" };
}
