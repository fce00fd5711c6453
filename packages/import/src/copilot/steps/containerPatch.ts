import type { Field } from "../../fields/field";
import type { Translation } from "../translation";
import type { WrittenMount } from "./sharedVolumes";

type Written = Record<string, unknown>;

/** What a patch of a container is here: by the end of its path, whatever case its words begin with. A list is added to the one that is there. */
const known: [pattern: RegExp, to: string, read: (value: Field) => unknown, of?: "sidecars"][] = [
  [/^StopTimeout$/i, "stopTimeoutSeconds", (value) => value.number()],
  [/^User$/i, "user", (value) => notRoot(value.text())],
  [/^ReadonlyRootFilesystem$/i, "readonlyRootFilesystem", (value) => value.boolean()],
  [/^LinuxParameters\.InitProcessEnabled$/i, "initProcessEnabled", (value) => value.boolean()],
  [/^Ulimits(?:\[(?:-|\d+)\])?$/i, "ulimits", ulimits],
  [/^MountPoints(?:\[(?:-|\d+)\])?$/i, "mountPoints", mounts],
  [/^DependsOn(?:\[(?:-|\d+)\])?$/i, "dependsOn", dependsOn],
  [/^Command$/i, "command", words],
  [/^EntryPoint$/i, "entryPoint", words],
  [/^HealthCheck\.Command$/i, "containerHealthCheck.command", words],
  [/^HealthCheck\.Interval$/i, "containerHealthCheck.intervalSeconds", (value) => value.number()],
  [/^HealthCheck\.Timeout$/i, "containerHealthCheck.timeoutSeconds", (value) => value.number()],
  [/^HealthCheck\.Retries$/i, "containerHealthCheck.retries", (value) => value.number()],
  [/^HealthCheck\.StartPeriod$/i, "containerHealthCheck.startPeriodSeconds", (value) => value.number()],
  [/^Essential$/i, "essential", (value) => value.boolean(), "sidecars"],
  [/^Cpu$/i, "cpu", (value) => value.number(), "sidecars"],
  [/^Memory$/i, "memoryMiB", (value) => value.number(), "sidecars"],
];

/** What ECS takes for a check that doesn't say so. */
const ofEcs = { intervalSeconds: 30, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 0 };

/**
 * Writes what a patch of a container says. Gives the key that says it; undefined where none does.
 *
 * @param index the service's own container is the first, and the sidecars follow in the order of their names
 */
export function containerPatch(translation: Translation, index: number, key: string, value: Field): string | undefined {
  const names = (translation.root.at("sidecars")?.entries() ?? []).map(([name]) => name).sort();
  const name = index === 0 ? undefined : names[index - 1];
  const container =
    index === 0 ? translation.manifest : (translation.manifest.sidecars as Record<string, Written> | undefined)?.[name ?? ""];
  const [, to, read] = known.find(([pattern, , , of]) => pattern.test(key) && (of === undefined || name !== undefined)) ?? [];
  const translated = container && read?.(value);
  if (to === undefined || translated === undefined) return undefined;
  const [outer, inner] = to.split(".");
  if (inner !== undefined) container![outer!] = { ...(container![outer!] ?? ofEcs), [inner]: translated };
  else container![outer!] = added(container![outer!], translated);
  return name === undefined ? to : `sidecars.${name}.${to}`;
}

/** Checks that patches made have a command, and end before the next one begins. */
export function soundHealthChecks({ manifest }: Translation): void {
  for (const container of [manifest, ...Object.values((manifest.sidecars ?? {}) as Record<string, Written>)]) {
    const check = container.containerHealthCheck as { command?: unknown; intervalSeconds?: number; timeoutSeconds?: number } | undefined;
    if (!check) continue;
    if (check.command === undefined) delete container.containerHealthCheck;
    const { intervalSeconds, timeoutSeconds } = check;
    if (intervalSeconds !== undefined && timeoutSeconds !== undefined && timeoutSeconds >= intervalSeconds)
      check.timeoutSeconds = Math.max(2, intervalSeconds - 1);
  }
}

function added(before: unknown, more: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(more) && more.every((each) => typeof each === "object"))
    return [...(before as unknown[]), ...(more as unknown[])];
  const isMap = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap(before) && isMap(more) ? { ...(before as Written), ...(more as Written) } : more;
}

/** Root is what the image's own user mostly is; nobody is made root here by a patch. */
function notRoot(user: string | undefined): string | undefined {
  return user === "root" ? undefined : user;
}

function words(value: Field): string[] | undefined {
  const texts = value.isList ? value.texts() : undefined;
  return texts && texts.length > 0 ? texts : undefined;
}

/** The parts of an item, by their names in lower case. */
function partsOf(item: Field): Map<string, Field> {
  return new Map(item.entries().map(([key, each]) => [key.toLowerCase(), each]));
}

/** All items of a list, or the one that a patch adds; undefined where one of them can't be said. */
function all<T>(value: Field, read: (parts: Map<string, Field>) => T | undefined): T[] | undefined {
  const items = value.isList ? value.items() : [value];
  const found = items.map((item) => (item.isMap ? read(partsOf(item)) : undefined));
  return found.length > 0 && found.every((each) => each !== undefined) ? (found as T[]) : undefined;
}

function ulimits(value: Field) {
  return all(value, (parts) => {
    const [name, soft, hard] = ["name", "softlimit", "hardlimit"].map((key) => parts.get(key));
    const [softLimit, hardLimit] = [soft?.number(), hard?.number()];
    return name?.text() && softLimit !== undefined && hardLimit !== undefined ? { name: name.text(), softLimit, hardLimit } : undefined;
  });
}

function mounts(value: Field): WrittenMount[] | undefined {
  return all(value, (parts) => {
    const [sourceVolume, containerPath] = [parts.get("sourcevolume")?.text(), parts.get("containerpath")?.text()];
    const isKnown = sourceVolume !== undefined && /^[A-Za-z0-9_-]{1,255}$/.test(sourceVolume) && containerPath?.startsWith("/");
    return isKnown
      ? { sourceVolume, containerPath: containerPath!, ...(parts.get("readonly")?.boolean() ? { readOnly: true } : {}) }
      : undefined;
  });
}

function dependsOn(value: Field): Record<string, string> | undefined {
  const found = all(value, (parts): [string, string] | undefined => {
    const [name, condition] = [parts.get("containername")?.text(), parts.get("condition")?.text()?.toUpperCase()];
    const isKnown = name !== undefined && condition !== undefined && ["START", "COMPLETE", "SUCCESS", "HEALTHY"].includes(condition);
    return isKnown ? [name, condition] : undefined;
  });
  return found && Object.fromEntries(found);
}
