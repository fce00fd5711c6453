import { includes } from "../tar/fileCapabilities";
import type { File } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import type { Container, Starter } from "./container";

/** Linux's capabilities, by number. */
const names = (
  "chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw " +
  "ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod " +
  "lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore"
).split(" ");

/** What containers get where nobody says otherwise. */
const byDefault =
  "chown dac_override fsetid fowner mknod net_raw setgid setuid setfcap setpcap net_bind_service sys_chroot kill audit_write".split(" ");

/** Capabilities that a task definition adds to Docker's default ones and takes away, with or without `CAP_`; `ALL` is all. */
export interface CapabilityChanges {
  add?: string[];
  drop?: string[];
}

/**
 * A bit for each capability that a container's programs can have, as Docker reckons it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html
 */
export function grantedCapabilities({ add = [], drop = [] }: CapabilityChanges = {}): bigint {
  const normal = (list: string[]) => list.map((name) => name.toLowerCase().replace(/^cap_/, ""));
  const [added, dropped] = [normal(add), normal(drop)];
  const kept = (added.includes("all") ? names : dropped.includes("all") ? [] : byDefault).filter((name) => !dropped.includes(name));
  return [...kept, ...added].reduce((bits, name) => (names.includes(name) ? bits | (1n << BigInt(names.indexOf(name))) : bits), 0n);
}

/** What Linux refuses to start, for the program was given more than the container has. It doesn't matter who starts it. */
export function capabilityProblem(path: string, { capabilities }: File, { granted }: Container, by: Starter): Finding | undefined {
  const lacking = (capabilities?.permitted ?? 0n) & ~granted;
  if (lacking === 0n) return undefined;
  const all = names.filter((_, number) => includes(lacking, number)).map((name) => `cap_${name}`);
  const found = finding(
    "FL2150",
    `${path} has the file ${all.length === 1 ? "capability" : "capabilities"} ${all.join(", ") || "of a newer Linux"}, which the container is not granted`,
    `RUN setcap -r ${path}, if it does without. A service.yaml can't grant it: a task definition of your own can (linuxParameters.capabilities), on Fargate SYS_PTRACE alone.`,
    path,
  );
  // A script may have changed the file before.
  return by === "shell" ? may(found) : found;
}
