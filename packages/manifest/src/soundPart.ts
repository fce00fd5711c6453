import { basename, dirname } from "node:path";
import { closest, isMap } from "@fairlead/model";
import type { ErrorObject } from "ajv";

import { serviceSchema, validate } from "./compiledSchema";
import type { ManifestSource } from "./manifestSource";
import type { ServiceManifest } from "./schema/service";
import { pathOf } from "./schemaErrors";

type Path = readonly (string | number)[];

/** What is right of a manifest that the schema refuses. */
export interface SoundPart {
  value: ServiceManifest;
  /** Keys of which it is not known what their author means: what hangs on one of them may be wrong by its mistake alone. */
  unsure: ReadonlySet<string>;
}

/** Maps whose entries have nothing to do with each other: a mistake in one is none of the others'. */
const ofEntries: readonly string[] = ["environment", "secrets"];

/** Keys whose defaults follow from another's. */
const following: Readonly<Record<string, string>> = { kind: "uses", runtimePlatform: "build" };

/**
 * A manifest without what the schema refuses in it, so that its other mistakes are told together with those.
 *
 * @returns undefined where nothing of it can be judged in the environment
 */
export function soundPart(source: ManifestSource, environment: string): SoundPart | undefined {
  if (!isMap(source.value) || validate(source.value)) return undefined;
  const value = structuredClone(source.value);
  const unsure = new Set<string>();
  for (const error of validate.errors ?? []) {
    const path = errorPath(error);
    const isOverride = path[0] === "environments";
    // The whole of an environment's part: what is in force there nobody knows.
    if (isOverride && path.length < 3 && (path.length < 2 || path[1] === environment)) return undefined;
    const layer = isOverride ? path.slice(0, 2) : [];
    const own = path.slice(layer.length);
    const kept = own.length > 1 && ofEntries.includes(String(own[0]));
    remove(value, [...layer, ...own.slice(0, kept ? 2 : 1)]);
    if (isOverride && path[1] !== environment) continue;
    if (!kept) meant(own).forEach((key) => unsure.add(key));
  }
  // Only what it is called can't be done without.
  if (unsure.has("name")) value.name = basename(dirname(source.file)).replace(/[^a-z0-9-]+/g, "-");
  return validate(value) ? { value: value as ServiceManifest, unsure } : undefined;
}

function errorPath(error: ErrorObject): Path {
  const path = pathOf(error.instancePath);
  const { additionalProperty, missingProperty } = error.params as { additionalProperty?: string; missingProperty?: string };
  const key = additionalProperty ?? missingProperty;
  return key === undefined ? path : [...path, key];
}

/** The key, and the one that was meant by it. */
function meant([key]: Path): string[] {
  const suggestion = closest(String(key), Object.keys(serviceSchema.properties));
  return [String(key), ...(suggestion === undefined ? [] : [suggestion])].flatMap((each) => [each, following[each] ?? each]);
}

function remove(value: Record<string, unknown>, path: Path): void {
  let at: unknown = value;
  for (const part of path.slice(0, -1)) at = isMap(at) ? at[part] : undefined;
  if (isMap(at)) delete at[path.at(-1)!];
}
