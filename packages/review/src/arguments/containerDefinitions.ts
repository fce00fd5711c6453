import { parsedJson } from "@fairlead/changes";
import { isMap } from "@fairlead/model";

import { isForeign } from "./imageSources";
import {
  asList,
  byReference,
  interrupts,
  isEqual,
  itemsBeyond,
  lessProtected,
  opened,
  unknown,
  worstOf,
  type Judge,
  type Meaning,
} from "./judge";
import { otherProgram } from "./programs";
import { otherVariable } from "./variables";

interface Container extends Record<string, unknown> {
  name?: string;
  image?: unknown;
  entryPoint?: unknown;
  command?: unknown;
  environmentFiles?: unknown;
  extraHosts?: unknown;
  dnsServers?: unknown;
  dnsSearchDomains?: unknown;
  privileged?: boolean;
  user?: string;
  readonlyRootFilesystem?: boolean;
  linuxParameters?: { capabilities?: { add?: unknown[]; drop?: unknown[] } };
  healthCheck?: unknown;
  logConfiguration?: { logDriver?: string; options?: Record<string, unknown> };
  memory?: number;
  essential?: boolean;
  stopTimeout?: number;
  mountPoints?: { sourceVolume?: string; containerPath?: string; readOnly?: boolean }[];
  environment?: { name?: string; value?: unknown }[];
}

/**
 * Of a task definition: what its containers run and may, what they are told, and what watches them. Sidecars that come or go are told by the service's own
 * line.
 */
export const containerDefinitions: Judge = byReference(({ before, after }) => {
  const [was, is] = [parsed(before), parsed(after)];
  if (!was || !is) return unknown("The containers are known only after apply.");
  return worstOf(
    is.map((container) => {
      const former = was.find(({ name }) => name === container.name) ?? { readonlyRootFilesystem: container.readonlyRootFilesystem };
      const told = judged(former, container);
      return told && { ...told, text: `${container.name ?? "A container"}: ${told.text}` };
    }),
  );
});

function judged(was: Container, is: Container): Meaning | undefined {
  const isNew = was.name === undefined;
  const rights = ({ linuxParameters }: Container, key: "add" | "drop") => asList(linuxParameters?.capabilities?.[key]);
  const losesDrop = rights(was, "drop").some((right) => !rights(is, "drop").includes(right) && !rights(is, "drop").includes("ALL"));
  const told: [boolean, Meaning][] = [
    [is.privileged === true && !was.privileged, opened("It has all rights of its host.")],
    [!isNew && losesDrop, lessProtected("It keeps more rights of the kernel's.")],
    [rights(is, "add").some((right) => !rights(was, "add").includes(right)), lessProtected("It has more rights of the kernel's.")],
    [
      isRoot(is) && !(isRoot(was) && !isNew),
      lessProtected(is.user === undefined ? "It runs as whatever user its image says: root, if it says none." : "It runs as root."),
    ],
    [
      typeof was.memory === "number" && typeof is.memory === "number" && is.memory < was.memory,
      lessProtected("It has less memory. If it needs more than that, it is killed."),
    ],
    [was.readonlyRootFilesystem === true && is.readonlyRootFilesystem !== true, lessProtected("It may write its whole file system.")],
    [isMovedUnsaid(was, is), interrupts("Its files are mounted in another folder than the one that its program knows.")],
    [
      typeof is.stopTimeout === "number" && is.stopTimeout < (was.stopTimeout ?? 30) && !isNew,
      interrupts("It is killed earlier when its task ends: what takes longer is cut off."),
    ],
    [was.essential === true && is.essential === false, lessProtected("Its task goes on without it when it fails.")],
    [was.healthCheck !== undefined && is.healthCheck === undefined, lessProtected("ECS no longer asks whether it is well.")],
    [
      !isNew && isAlwaysWell(is) && !isAlwaysWell(was),
      lessProtected("Its health check always says that all is well: a task that hangs stays."),
    ],
    [was.logConfiguration !== undefined && !isKept(is), lessProtected("What it writes is no longer kept.")],
    [isRepositoryChanged(was.image, is.image) && !isNew, lessProtected("It runs an image of another repository.")],
    [
      !isNew && (["extraHosts", "dnsServers", "dnsSearchDomains"] as const).some((key) => itemsBeyond(is[key], was[key]).length > 0),
      lessProtected("Names lead it to other addresses than before: what it sends goes there."),
    ],
    [
      !isNew && itemsBeyond(is.environmentFiles, was.environmentFiles).length > 0,
      unknown("It takes variables from another file: what that says is not in the plan."),
    ],
    [isNew && isForeign(is.image), lessProtected("Somebody else's image runs beside the program, with its permissions and network.")],
  ];
  return worstOf([
    ...told.map(([applies, meaning]) => (applies ? meaning : undefined)),
    ...(isNew ? [] : [otherProgram(was, is), ...otherVariables(was, is)]),
  ]);
}

function otherVariables(was: Container, is: Container): (Meaning | undefined)[] {
  const valuesOf = ({ environment }: Container) =>
    new Map((asList(environment) as { name?: string; value?: unknown }[]).map(({ name = "", value }) => [name, value]));
  const [before, after] = [valuesOf(was), valuesOf(is)];
  // The region of its log is the stack's: that another one has all of it is told once.
  const region = is.logConfiguration?.options?.["awslogs-region"];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => !(name === "AWS_REGION" && after.get(name) === region));
  return names.map((name) => otherVariable(name, before.get(name), after.get(name)));
}

/** Whether its health check can't fail, as `exit 0` and `true` can't. */
function isAlwaysWell({ healthCheck }: Container): boolean {
  const command = isMap(healthCheck) ? asList(healthCheck.command).filter((word) => word !== "CMD" && word !== "CMD-SHELL") : [];
  return /(^|;|\|\|)\s*(exit 0|true|:)$/.test(command.join(" ").trim());
}

const isKept = ({ logConfiguration }: Container) => logConfiguration !== undefined && logConfiguration.logDriver !== "none";

/** Whether a volume is mounted elsewhere, and no variable says so where one said the old folder. */
function isMovedUnsaid(was: Container, is: Container): boolean {
  const says = ({ environment }: Container, path: string) =>
    asList(environment).some((each) => String((each as { value?: unknown }).value) === path);
  return (was.mountPoints ?? []).some(({ sourceVolume, containerPath: from = "" }) => {
    const now = (is.mountPoints ?? []).find((mount) => mount.sourceVolume === sourceVolume);
    const to = now?.containerPath ?? "";
    return now !== undefined && to !== from && !(says(was, from) && says(is, to));
  });
}

const isRoot = ({ user, name }: Container) => name !== undefined && (user === undefined || /^(root|0)(:|$)/.test(user));

/** The repository of an image that is not built here; of one that is, the registry's address is known only after apply. */
function isRepositoryChanged(was: unknown, is: unknown): boolean {
  const repository = (image: unknown) =>
    typeof image === "string" && !image.includes("${") ? image.replace(/@sha256:.*$/, "").replace(/:[^:/]*$/, "") : undefined;
  const [from, to] = [repository(was), repository(is)];
  return from !== undefined && !isEqual(from, to);
}

function parsed(value: unknown): Container[] | undefined {
  const list = typeof value === "string" ? parsedJson(value) : undefined;
  return Array.isArray(list) ? list.filter(isMap) : undefined;
}
