/** What of a manifest says where a service is reached. */
interface Reached {
  name: string;
  containerPort?: number;
  targetContainer?: string;
  sidecars?: Record<string, { containerPort?: number }>;
}

/**
 * The container, and its port, by which load balancers and other services reach a service: its own, or the sidecar that `targetContainer` names. Undefined for
 * what serves nothing.
 */
export function reachedAt({
  name,
  containerPort,
  targetContainer,
  sidecars = {},
}: Reached): { containerName: string; containerPort: number } | undefined {
  const containerName = targetContainer ?? name;
  const port = containerName === name ? containerPort : sidecars[containerName]?.containerPort;
  return port === undefined ? undefined : { containerName, containerPort: port };
}
