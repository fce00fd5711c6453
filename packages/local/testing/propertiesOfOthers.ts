import type { ComposeMount } from "../src/compose/model";
import type { Inspected, Readings } from "./propertyViews";

const mount = (mounts: readonly ComposeMount[] | undefined, path: string) => (mounts ?? []).find(({ target }) => target === path);
const mountOfDocker = ({ Mounts }: Inspected, path: string) => Mounts.find(({ Destination }) => Destination === path);

/** Of a container that mounts a volume of its task. @param volume Compose's name */
const mountOf = (path: string, sourceVolume: string, volume: string, isReadOnly: boolean): Readings => ({
  is: { volume, isReadOnly },
  plan: ({ container }) => {
    const point = container.mountPoints?.find(({ containerPath }) => containerPath === path);
    return { volume: point?.sourceVolume === sourceVolume && volume, isReadOnly: point?.readOnly === true };
  },
  compose: ({ container }) => {
    const { source, read_only } = mount(container.volumes, path)!;
    return { volume: source, isReadOnly: read_only === true };
  },
  inspect: ({ container }) => {
    const { Name, RW } = mountOfDocker(container, path)!;
    return { volume: Name?.replace("properties_", ""), isReadOnly: !RW };
  },
});

/** Whether a volume begins with what the image has there. On ECS it does where the image says `VOLUME`. */
const copyAt = (path: string, isCopied: boolean): Readings => ({
  is: isCopied,
  plan: () => path === "/declared",
  compose: ({ container }) => !mount(container.volumes, path)?.volume?.nocopy,
  inspect: ({ container }) => !container.HostConfig.Mounts?.find(({ Target }) => Target === path)?.VolumeOptions?.NoCopy,
});

export const mountsOfShop: Record<string, Readings> = {
  "mountPoints, readOnly": mountOf("/scratch", "scratch", "shop.scratch", true),
  "mountPoints, of EFS": mountOf("/uploads", "uploads", "uploads.efs", false),
  "a volume that is empty": copyAt("/filled", false),
  "a volume that the image declares": copyAt("/declared", true),
};

export const ofInit: Record<string, Readings> = {
  "a volume that two containers share": mountOf("/scratch", "scratch", "shop.scratch", false),
  "no health check of the image": {
    is: "none",
    plan: ({ container }) => container.healthCheck ?? "none",
    compose: ({ container }) => JSON.stringify(container.healthcheck) === '{"disable":true}' && "none",
    inspect: ({ container: { Config } }) => Config.Healthcheck?.Test.join() === "NONE" && "none",
  },
  "essential: false": {
    is: "no",
    plan: ({ container }) => container.essential === false && "no",
    compose: ({ container }) => container.restart,
    inspect: ({ container }) => container.HostConfig.RestartPolicy.Name,
  },
};

export const restartPolicyOfHelper: Readings = {
  is: "on-failure",
  plan: ({ container: { restartPolicy } }) => restartPolicy?.enabled && restartPolicy.ignoredExitCodes?.includes(0) && "on-failure",
  compose: ({ container }) => container.restart,
  inspect: ({ container }) => container.HostConfig.RestartPolicy.Name,
};

export const restartOfJob: Readings = {
  is: "no",
  plan: ({ plan }) => plan.resources.every(({ type, name }) => type !== "aws:ecs/service:Service" || name !== "migration") && "no",
  compose: ({ container }) => container.restart,
  inspect: ({ container }) => container.HostConfig.RestartPolicy.Name,
};

/** Of the container `legacy`: what only instances let it say. */
export const ofLegacy: Record<string, Readings> = {
  hostname: {
    is: "old-host",
    plan: ({ container }) => container.hostname,
    compose: ({ holder }) => holder.hostname,
    inspect: ({ container }) => container.Config.Hostname,
  },
  extraHosts: {
    is: { hostname: "printer", ipAddress: "192.0.2.7" },
    plan: ({ container }) => container.extraHosts?.[0],
    compose: ({ holder }) => host("printer", holder.extra_hosts),
    inspect: ({ holder }) => host("printer", holder.HostConfig.ExtraHosts),
  },
  links: {
    is: { hostname: "peer", ipAddress: "127.0.0.1" },
    plan: ({ container }) => ({ hostname: container.links![0]!.split(":")[1], ipAddress: "127.0.0.1" }),
    compose: ({ holder }) => host("peer", holder.extra_hosts),
    inspect: ({ holder }) => host("peer", holder.HostConfig.ExtraHosts),
  },
  dnsServers: {
    is: ["192.0.2.53"],
    plan: ({ container }) => container.dnsServers,
    compose: ({ holder }) => holder.dns,
    inspect: ({ holder }) => holder.HostConfig.Dns,
  },
  dnsSearchDomains: {
    is: ["example.internal"],
    plan: ({ container }) => container.dnsSearchDomains,
    compose: ({ holder }) => holder.dns_search,
    inspect: ({ holder }) => holder.HostConfig.DnsSearch,
  },
  pseudoTerminal: {
    is: true,
    plan: ({ container }) => container.pseudoTerminal,
    compose: ({ container }) => container.tty,
    inspect: ({ container }) => container.Config.Tty,
  },
  interactive: {
    is: true,
    plan: ({ container }) => container.interactive,
    compose: ({ container }) => container.stdin_open,
    inspect: ({ container }) => container.Config.OpenStdin,
  },
  dockerSecurityOptions: {
    is: ["no-new-privileges"],
    plan: ({ container }) => container.dockerSecurityOptions,
    compose: ({ container }) => container.security_opt,
    inspect: ({ container }) => container.HostConfig.SecurityOpt,
  },
  "systemControls of the container": {
    is: "4096",
    plan: ({ container }) => container.systemControls?.find(({ namespace }) => namespace === "kernel.msgmax")?.value,
    compose: ({ container }) => container.sysctls?.["kernel.msgmax"],
    inspect: ({ container }) => container.HostConfig.Sysctls?.["kernel.msgmax"],
  },
};

/** Of the container `partner`. */
export const ofPartner: Record<string, Readings> = {
  "entryPoint: []": {
    is: undefined,
    plan: ({ container }) => (container.entryPoint?.length === 0 ? undefined : container.entryPoint),
    compose: ({ container }) => container.entrypoint,
    inspect: ({ container }) => (container.Config.Entrypoint?.join(" ") === "node /program.js" ? undefined : container.Config.Entrypoint),
  },
  volumesFrom: {
    is: { sourceContainer: "legacy", readOnly: true },
    plan: ({ container }) => container.volumesFrom?.[0],
    compose: ({ container }) => ({
      sourceContainer: container.volumes_from?.[0],
      readOnly: mount(container.volumes, "/kept")?.read_only,
    }),
    inspect: ({ container, all }) => {
      const found = mountOfDocker(container, "/kept");
      const isSame = found?.Name !== undefined && found.Name === mountOfDocker(all.legacy!, "/kept")?.Name;
      return { sourceContainer: isSame && "legacy", readOnly: found?.RW === false };
    },
  },
};

/** Of the job `nightly`. */
export const ofNightly: Record<string, Readings> = {
  privileged: {
    is: true,
    plan: ({ container }) => container.privileged,
    compose: ({ container }) => container.privileged,
    inspect: ({ container }) => container.HostConfig.Privileged,
  },
  disableNetworking: {
    is: true,
    plan: ({ container }) => container.disableNetworking,
    compose: ({ container }) => container.network_mode === "none",
    inspect: ({ container }) => container.HostConfig.NetworkMode === "none",
  },
  "a schedule starts it, and nothing else": {
    is: "created",
    plan: ({ plan }) =>
      plan.resources.some(({ type, name }) => type === "aws:scheduler/schedule:Schedule" && name === "nightly") && "created",
    compose: ({ container }) => container.profiles?.join() === "jobs" && "created",
    inspect: ({ container }) => container.State.Status,
  },
};

/** An entry of the file of hosts, whose order is anything. */
function host(name: string, all: readonly string[] | null | undefined) {
  const [hostname, ipAddress] = all?.find((text) => text.startsWith(name))?.split(/[=:]/) ?? [];
  return { hostname, ipAddress };
}
