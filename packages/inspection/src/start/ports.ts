import { finding, may, type Finding } from "../finding";
import type { Container } from "../container/container";
import type { ContainerSettings } from "../container/containerSettings";

/** Linux keeps ports below this one for root, unless a network says otherwise: Docker's own does, a task's own on ECS doesn't. */
const firstFreePort = 1024;

/**
 * A port that the container's user can't listen on. Told: what the program listens on is its own.
 *
 * @see https://github.com/aws/containers-roadmap/issues/1721
 */
export function portProblems({ containerPort, networkMode }: ContainerSettings, { tree, identity }: Container): Finding[] {
  if (containerPort === undefined || networkMode === "bridge" || containerPort >= firstFreePort || identity.uid === 0 || tree.bindsPorts)
    return [];
  const problem = `user ${identity.uid} may not listen on port ${containerPort}: in a task's own network (awsvpc) ports below ${firstFreePort} are root's`;
  return [may(finding("FL2151", problem, "Let the program listen on another, such as 8080, and name it in containerPort."))];
}
