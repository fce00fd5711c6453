import type { Field } from "../../fields/field";
import type { Translation } from "../translation";

/** What a patch of the task definition is here: by its path, whatever case its words begin with. */
const known: [pattern: RegExp, to: string, read: (value: Field) => unknown][] = [
  [/^ContainerDefinitions\[0\]\.StopTimeout$/i, "stopTimeoutSeconds", (value) => value.number()],
  [/^ContainerDefinitions\[0\]\.User$/i, "user", (value) => value.text()],
  [/^ContainerDefinitions\[0\]\.ReadonlyRootFilesystem$/i, "readonlyRootFilesystem", (value) => value.boolean()],
  [/^ContainerDefinitions\[0\]\.LinuxParameters\.InitProcessEnabled$/i, "initProcessEnabled", (value) => value.boolean()],
  [/^ContainerDefinitions\[0\]\.Ulimits(?:\[(?:-|\d+)\])?$/i, "ulimits", ulimits],
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
}

/** Writes what a patch of the task definition says. Gives the key that says it; undefined where none does. */
export function patchTaskDefinition(translation: Translation, path: string, value: Field | undefined): string | undefined {
  const [, to, read] = known.find(([pattern]) => pattern.test(path)) ?? [];
  const translated = value && read?.(value);
  if (to === undefined || translated === undefined || translated === "root") return undefined;
  const before = translation.manifest[to];
  const isMore = Array.isArray(translated) && Array.isArray(before);
  translation.set(to, isMore ? [...(before as unknown[]), ...(translated as unknown[])] : translated);
  return to;
}

function ulimits(value: Field): unknown {
  const read = (each: Field) => {
    const [name, soft, hard] = ["name", "softlimit", "hardlimit"].map(
      (key) => each.entries().find(([own]) => own.toLowerCase() === key)?.[1],
    );
    return { name: name?.text(), softLimit: soft?.number(), hardLimit: hard?.number() };
  };
  const found = value.isList ? value.items().map(read) : [read(value)];
  return found.length > 0 && found.every((each) => each.name && each.softLimit !== undefined && each.hardLimit !== undefined)
    ? found
    : undefined;
}
