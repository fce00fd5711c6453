import { isMap } from "@fairlead/model";

import { asList, isEqual, lessProtected, opened, unknown, type Judge, type Meaning } from "./judge";

interface Container extends Record<string, unknown> {
  name?: string;
  image?: unknown;
  privileged?: boolean;
  user?: string;
  readonlyRootFilesystem?: boolean;
  linuxParameters?: { capabilities?: { add?: unknown[] } };
  healthCheck?: unknown;
  logConfiguration?: { logDriver?: string };
  memory?: number;
  memoryReservation?: number;
  cpu?: number;
}

/** Of a task definition: what its containers may, and what watches them. Sidecars that come or go are told by the service's own line. */
export const containerDefinitions: Judge = ({ before, after }) => {
  const [was, is] = [parsed(before), parsed(after)];
  if (!was || !is) return unknown("The containers are known only after apply.");
  for (const container of is) {
    const former = was.find(({ name }) => name === container.name) ?? { readonlyRootFilesystem: container.readonlyRootFilesystem };
    const told = judged(former, container);
    if (told) return { ...told, text: `${container.name ?? "A container"}: ${told.text}` };
  }
  return undefined;
};

function judged(was: Container, is: Container): Meaning | undefined {
  const isNew = was.name === undefined;
  if (is.privileged && !was.privileged) return opened("It has all rights of its host.");
  if (asList(is.linuxParameters?.capabilities?.add).some((right) => !asList(was.linuxParameters?.capabilities?.add).includes(right)))
    return lessProtected("It has more rights of the kernel's.");
  if (isRoot(is) && !(isRoot(was) && !isNew)) return lessProtected("It runs as root.");
  if (was.readonlyRootFilesystem === true && is.readonlyRootFilesystem !== true)
    return lessProtected("It may write its whole file system.");
  if (was.healthCheck !== undefined && is.healthCheck === undefined) return lessProtected("ECS no longer asks whether it is well.");
  if (was.logConfiguration !== undefined && is.logConfiguration === undefined) return lessProtected("What it writes is no longer kept.");
  if (isRepositoryChanged(was.image, is.image) && !isNew) return lessProtected("It runs an image of another repository.");
  return undefined;
}

const isRoot = ({ user, name }: Container) => name !== undefined && (user === undefined || /^(root|0)(:|$)/.test(user));

/** The repository of an image that is not built here; of one that is, the registry's address is known only after apply. */
function isRepositoryChanged(was: unknown, is: unknown): boolean {
  const repository = (image: unknown) =>
    typeof image === "string" && !image.includes("${") ? image.replace(/(@sha256:.*|:[^:/]*)$/, "") : undefined;
  const [from, to] = [repository(was), repository(is)];
  return from !== undefined && !isEqual(from, to);
}

function parsed(value: unknown): Container[] | undefined {
  if (typeof value !== "string") return undefined;
  try {
    const list = JSON.parse(value) as unknown;
    return Array.isArray(list) ? list.filter(isMap) : undefined;
  } catch {
    return undefined;
  }
}
