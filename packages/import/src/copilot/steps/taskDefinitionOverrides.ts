import type { Field } from "../../fields/field";
import type { Translation } from "../translation";
import { containerPatch, soundHealthChecks } from "./containerPatch";

/** What a patch of the task definition is here: by its path, whatever case its words begin with. */
const known: [pattern: RegExp, to: string, read: (value: Field) => unknown][] = [
  [/^RuntimePlatform\.CpuArchitecture$/i, "runtimePlatform.cpuArchitecture", (value) => value.text()?.toUpperCase()],
  [/^EphemeralStorage\.SizeInGiB$/i, "ephemeralStorageGiB", (value) => value.number()],
];

/** `taskdef_overrides`: patches that have a key of their own here, and others. */
export function taskDefinitionOverrides(translation: Translation): void {
  const field = translation.root.at("taskdef_overrides");
  for (const patch of field?.items() ?? []) {
    const path = patch.at("path")?.text() ?? "";
    const value = patch.at("value");
    const to = patchTaskDefinition(translation, path, value);
    patch.claim(to === undefined ? { was: path } : { outcome: "exact", to, was: path });
  }
  if (field && !field.isList) field.claim();
  soundHealthChecks(translation);
}

/** Writes what a patch of the task definition says. Gives the key that says it; undefined where none does. */
export function patchTaskDefinition(translation: Translation, path: string, value: Field | undefined): string | undefined {
  if (!value) return undefined;
  const [, index, key] = /^ContainerDefinitions\[(\d+)\]\.(.+)$/i.exec(path) ?? [];
  if (key !== undefined) return containerPatch(translation, Number(index), key, value);
  if (/^Volumes(?:\[(?:-|\d+)\])?$/i.test(path)) return areOwnVolumes(value) ? "mountPoints" : undefined;
  const [, to, read] = known.find(([pattern]) => pattern.test(path)) ?? [];
  const translated = read?.(value);
  if (to === undefined || translated === undefined) return undefined;
  translation.set(to, translated);
  return to;
}

/** Whether volumes have a name alone: they are there once a container mounts them. */
function areOwnVolumes(value: Field): boolean {
  const volumes = value.isList ? value.items() : [value];
  return (
    volumes.length > 0 &&
    volumes.every((each) => each.isMap && each.entries({ nulls: true }).every(([key]) => key.toLowerCase() === "name"))
  );
}
