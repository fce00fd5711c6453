import type { TaskSettings } from "../corpusImage";
import type { BuiltConfig } from "../layouts";
import type { ProcessUser } from "./user";

/** What Docker and containerd leave a container of. */
const capabilities =
  "CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE"
    .split(" ")
    .map((name) => `CAP_${name}`);

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const device = (destination: string, type: string, ...options: string[]) => ({ destination, type, source: type, options });

const usualMounts = [
  device("/proc", "proc", "nosuid", "noexec", "nodev"),
  device("/dev", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
  device("/dev/pts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
  device("/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
  device("/dev/mqueue", "mqueue", "nosuid", "noexec", "nodev"),
  device("/sys", "sysfs", "nosuid", "noexec", "nodev", "ro"),
];

/** What a container needs besides its image and its task's settings. */
export interface Surroundings {
  id: string;
  root: string;
  user: ProcessUser;
  /** Folders and files of the host's, by where they are mounted. */
  mounts: Record<string, string>;
  /** An init for `initProcessEnabled`. */
  init: string;
}

/** The program and its arguments: an entry point of the task's leaves the image's command out. */
export function argumentsOf({ entryPoint, command }: TaskSettings, { Entrypoint, Cmd }: BuiltConfig): string[] {
  if (entryPoint?.length) return [...entryPoint, ...(command ?? [])];
  return [...(Entrypoint ?? []), ...(command?.length ? command : (Cmd ?? []))];
}

/** The variables of a container; the last of a name counts. */
export function environmentOf({ environment = {} }: TaskSettings, { Env }: BuiltConfig): string[] {
  const task = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  return [`PATH=${defaultPath}`, `HOSTNAME=corpus`, ...Env, ...task];
}

/**
 * How a task's container is started, in runc's terms: Docker's capabilities, no network but the loopback one, no seccomp.
 *
 * @see https://github.com/opencontainers/runtime-spec/blob/main/config.md
 */
export function runtimeSpec(config: BuiltConfig, task: TaskSettings, { id, root, user, mounts, init }: Surroundings): object {
  const words = argumentsOf(task, config);
  // Docker takes them from who is not root: programs with a file capability get them back as they start.
  const granted = user.uid === 0 ? capabilities : [];
  return {
    ociVersion: "1.0.2",
    process: {
      terminal: false,
      user,
      args: task.initProcessEnabled ? [initPath, "--", ...words] : words,
      env: environmentOf(task, config),
      cwd: config.WorkingDir || "/",
      capabilities: { bounding: capabilities, effective: granted, permitted: granted },
      noNewPrivileges: false,
    },
    root: { path: root, readonly: task.readonlyRootFilesystem ?? false },
    hostname: "corpus",
    mounts: [
      ...usualMounts,
      ...Object.entries(mounts).map(([destination, source]) => ({ destination, type: "bind", source, options: ["rbind", "rprivate"] })),
      ...(task.initProcessEnabled ? [{ destination: initPath, type: "bind", source: init, options: ["bind", "ro"] }] : []),
    ],
    linux: {
      cgroupsPath: `/fairlead-corpus/${id}`,
      resources: { devices: [{ allow: false, access: "rwm" }, ...devices], memory: { limit: (task.memory ?? 1024) * 1024 ** 2 } },
      namespaces: ["pid", "ipc", "uts", "mount", "network"].map((type) => ({ type })),
      maskedPaths: ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/sys/firmware"],
      readonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
    },
  };
}

/** Where Docker, which ECS's agent asks for it, mounts its own. */
const initPath = "/sbin/docker-init";

/** The devices of every container: null, zero, full, random, urandom, tty, console, ptmx, and terminals. */
const devices = (
  [
    [1, 3],
    [1, 5],
    [1, 7],
    [1, 8],
    [1, 9],
    [5, 0],
    [5, 1],
    [5, 2],
    [136, undefined],
  ] as const
).map(([major, minor]) => ({
  allow: true,
  type: "c",
  major,
  minor,
  access: "rwm",
}));
