import type { ComposePart, ComposeService } from "../compose/model";
import type { LocalNetworks } from "../compose/networks";
import { boundedLog, labelOf } from "../compose/upkeep";
import type { LocalSettings } from "../settings";
import type { Task } from "../task/task";
import { tunnelSocket, type Apart, type DeployedPort } from "./apart";

/** Compose's name for what stands for a service that runs elsewhere. */
const relayService = (task: string): string => `${task}.deployed`;

/** The label of such a container, with the service's name. */
export const relayLabel = "fairlead.deployed";

/** By which engines in a virtual machine lead to the machine. */
const machine = "host.docker.internal";

/**
 * What stands for services that run elsewhere: for each a container with its names, on the networks of its callers alone, that hands connections on to a tunnel,
 * as they are.
 */
export function relays(tasks: readonly Task[], { deployed }: Apart, networks: LocalNetworks, settings: LocalSettings): ComposePart[] {
  return tasks.map((task) => relay(task, deployed.find(({ name }) => name === task.name)!.ports, networks, settings));
}

function relay(task: Task, ports: readonly DeployedPort[], networks: LocalNetworks, { images }: LocalSettings): ComposePart {
  const name = relayService(task.name);
  const content = configuration(ports);
  return {
    services: {
      [name]: {
        image: images.loadBalancer,
        configs: [{ source: name, target: "/usr/local/etc/haproxy/haproxy.cfg", mode: "0444" }],
        ...way(ports),
        networks: networks.ofCallers(task),
        // The image's user is none that may have ports below 1024 by itself.
        sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
        stop_grace_period: "1s",
        restart: "unless-stopped",
        labels: { [relayLabel]: task.name, ...labelOf(content) },
        ...boundedLog,
      },
    },
    configs: { [name]: { content } },
  };
}

/** Where a container finds what a tunnel's folder has. */
const folderOf = ({ port }: DeployedPort) => `/tunnels/${port}`;

function way(ports: readonly DeployedPort[]): Pick<ComposeService, "volumes" | "extra_hosts"> {
  const volumes = ports.flatMap((each) =>
    "folder" in each.tunnel ? [{ type: "bind" as const, source: each.tunnel.folder, target: folderOf(each), read_only: true }] : [],
  );
  if (volumes.length > 0) return { volumes };
  return { extra_hosts: [`${machine}=host-gateway`] };
}

function configuration(ports: readonly DeployedPort[]): string {
  return [
    "# Leads to where the service is deployed: made by fairlead, changes here are lost.",
    ...["global", "  log stdout format raw local0 info", "  maxconn 2000", "  hard-stop-after 1s", ""],
    // A tunnel has been opened before; what is silent is the service's to end, as on AWS.
    ...["defaults", "  mode tcp", "  timeout connect 10s", "  timeout client 1h", "  timeout server 1h", ""],
    ...ports.flatMap((each) => [
      `listen port-${each.port}`,
      `  bind :${each.port}`,
      `  server tunnel ${"folder" in each.tunnel ? `unix@${folderOf(each)}/${tunnelSocket}` : `${machine}:${each.tunnel.hostPort}`}`,
      "",
    ]),
  ].join("\n");
}
