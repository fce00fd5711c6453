import type { Plan } from "@fairlead/plan";

import type { ComposeNetwork, ComposePart } from "../compose/model";
import { loadBalancerService } from "../compose/names";
import { boundedLog, labelOf } from "../compose/upkeep";
import type { LocalSettings } from "../settings";
import { haproxyConfiguration } from "./haproxyConfiguration";
import { localListeners } from "./listeners";
import type { TargetAddress } from "./targetGroups";

/** Where the target of a target group is, in the Compose file. */
export interface LocalTarget extends TargetAddress {
  /** Compose's name for the network that it is reached by. */
  network: string;
}

/** In its container. Docker chooses the machine's, so that several environments have it. */
export const loadBalancerStatusPort = 8404;

/** Where the image looks for it. @see https://hub.docker.com/_/haproxy */
const configurationPath = "/usr/local/etc/haproxy/haproxy.cfg";

/**
 * The container that stands for an environment's load balancers; nothing where it has none. It starts before the services that it sends requests to, and finds
 * them once they are there. Only listeners that have a port in {@link LocalSettings.ports} are reached from the machine, from this one alone.
 *
 * @param own its own network: Docker publishes no port of a container that is on internal networks alone, as its targets' may be
 * @param networkOf the target of a target group, by the target group's URN; undefined where none is registered
 */
export function loadBalancerPart(
  plan: Pick<Plan, "resources">,
  { images, ports }: Pick<LocalSettings, "images" | "ports">,
  own: ComposeNetwork,
  networkOf: (targetGroupUrn: string) => LocalTarget | undefined,
): ComposePart {
  const listeners = localListeners(plan);
  if (listeners.length === 0) return {};
  const targetGroups = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const networks = new Set([loadBalancerService]);
  const content = haproxyConfiguration({
    listeners,
    targetGroupOf: (urn) => targetGroups.get(urn),
    targetOf: (urn) => {
      const target = networkOf(urn);
      if (target) networks.add(target.network);
      return target;
    },
    publishedPort: (localPort) => ports[localPort] ?? localPort,
    statusPort: loadBalancerStatusPort,
  });
  const probed = listeners.find(({ mode }) => mode === "http") ?? listeners[0]!;
  const published = listeners.filter(({ localPort }) => ports[localPort] !== undefined);
  return {
    services: {
      [loadBalancerService]: {
        image: images.loadBalancer,
        configs: [{ source: loadBalancerService, target: configurationPath, mode: "0444" }],
        // The image's user is none that may have ports below 1024 by itself.
        sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
        ports: [...published.map(({ localPort }) => `127.0.0.1:${ports[localPort]}:${localPort}`), `127.0.0.1::${loadBalancerStatusPort}`],
        networks: Object.fromEntries([...networks].sort().map((network) => [network, {}])),
        restart: "unless-stopped",
        healthcheck: {
          // The image has no client, and Debian's bash.
          test: ["CMD", "bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${probed.localPort}`],
          interval: "2s",
          timeout: "2s",
          retries: 3,
        },
        labels: labelOf(content),
        // It says a line for each request.
        ...boundedLog,
      },
    },
    networks: { [loadBalancerService]: own },
    configs: { [loadBalancerService]: { content } },
  };
}
