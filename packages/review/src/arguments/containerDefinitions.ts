import { isMap } from "@fairlead/model";

import { asList, isEqual, lessProtected, opened, unknown, worstOf, type Judge, type Meaning } from "./judge";

interface Container extends Record<string, unknown> {
  name?: string;
  image?: unknown;
  privileged?: boolean;
  user?: string;
  readonlyRootFilesystem?: boolean;
  linuxParameters?: { capabilities?: { add?: unknown[]; drop?: unknown[] } };
  healthCheck?: unknown;
  logConfiguration?: { logDriver?: string };
  memory?: number;
}

/** Of a task definition: what its containers may, and what watches them. Sidecars that come or go are told by the service's own line. */
export const containerDefinitions: Judge = ({ before, after }) => {
  const [was, is] = [parsed(before), parsed(after)];
  if (!was || !is) return unknown("The containers are known only after apply.");
  return worstOf(
    is.map((container) => {
      const former = was.find(({ name }) => name === container.name) ?? { readonlyRootFilesystem: container.readonlyRootFilesystem };
      const told = judged(former, container);
      return told && { ...told, text: `${container.name ?? "A container"}: ${told.text}` };
    }),
  );
};

function judged(was: Container, is: Container): Meaning | undefined {
  const isNew = was.name === undefined;
  if (is.privileged && !was.privileged) return opened("It has all rights of its host.");
  const [dropped, drops] = [was, is].map((each) => asList(each.linuxParameters?.capabilities?.drop));
  if (!isNew && dropped!.some((right) => !drops!.includes(right) && !drops!.includes("ALL")))
    return lessProtected("It keeps more rights of the kernel's.");
  if (asList(is.linuxParameters?.capabilities?.add).some((right) => !asList(was.linuxParameters?.capabilities?.add).includes(right)))
    return lessProtected("It has more rights of the kernel's.");
  if (isRoot(is) && !(isRoot(was) && !isNew))
    return lessProtected(is.user === undefined ? "It runs as whatever user its image says: root, if it says none." : "It runs as root.");
  if (typeof was.memory === "number" && typeof is.memory === "number" && is.memory < was.memory)
    return lessProtected("It has less memory. If it needs more than that, it is killed.");
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
    typeof image === "string" && !image.includes("${") ? image.replace(/@sha256:.*$/, "").replace(/:[^:/]*$/, "") : undefined;
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
