import type { ServiceSpec } from "./spec";

/**
 * Whether the tasks of a service have Service Connect's proxy, where the environment has Service Connect: it finds others, and others find it. The
 * proxy speaks HTTP, needs more than the host's network, and comes with tasks of an ECS service alone.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html
 */
export function takesProxy({ kind, networkMode, tcp }: Pick<ServiceSpec, "kind" | "networkMode" | "tcp">): boolean {
  return kind !== "job" && kind !== "scheduled-job" && networkMode !== "host" && !tcp;
}
