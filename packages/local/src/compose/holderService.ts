import type { LocalSettings } from "../settings";
import type { Task } from "../task/task";
import type { ComposeService } from "./model";
import { networkLabel } from "./names";
import type { LocalNetworks } from "./networks";

/**
 * The container that is a task's network: nothing starts it twice, and the task's containers share its address and its localhost, as with `awsvpc`. What
 * of a container's definition is about the network is here: Docker refuses it of a container that is on the network of another.
 */
export function holderService(task: Task, { images }: LocalSettings, networks: LocalNetworks): ComposeService {
  const controls = task.containers.flatMap(({ systemControls = [] }) => systemControls).filter(isOfNetwork);
  const hosts = [
    ...task.containers.flatMap(({ extraHosts = [] }) => extraHosts.map(({ hostname, ipAddress }) => `${hostname}=${ipAddress}`)),
    // A link is to a container whose localhost is the same here.
    ...task.containers.flatMap(({ links = [] }) => links.map((link) => `${link.split(":").at(-1)}=127.0.0.1`)),
  ];
  const hostname = task.containers.find((container) => container.hostname)?.hostname;
  const all = (of: "dnsServers" | "dnsSearchDomains") => [...new Set(task.containers.flatMap((container) => container[of] ?? []))];
  const [dns, search] = [all("dnsServers"), all("dnsSearchDomains")];
  return {
    image: images.pause,
    ...(hostname && { hostname }),
    networks: networks.ofTask(task),
    ...(controls.length > 0 && { sysctls: sysctls(controls) }),
    ...(hosts.length > 0 && { extra_hosts: [...new Set(hosts)] }),
    ...(dns.length > 0 && { dns }),
    ...(search.length > 0 && { dns_search: search }),
    stop_grace_period: "1s",
    restart: task.kind === "service" ? "unless-stopped" : "no",
    ...(task.kind === "scheduledJob" && { profiles: ["jobs"] }),
    labels: { [networkLabel]: task.name },
  };
}

type SystemControl = NonNullable<Task["containers"][number]["systemControls"]>[number];

/** Whether a setting of the kernel is one of the network's, which the containers of a task share. */
export const isOfNetwork = ({ namespace }: SystemControl): boolean => namespace.startsWith("net.");

/** As Compose has them. */
export const sysctls = (controls: readonly SystemControl[]): Record<string, string> =>
  Object.fromEntries(controls.map(({ namespace, value }) => [namespace, value]));
