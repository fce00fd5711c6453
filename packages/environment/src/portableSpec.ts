import { relative } from "node:path";
import type { ServiceSpec } from "@fairlead/manifest";

/** A service's spec as the stack's state keeps it: its paths are relative to the project, so that every clone has the same. */
export function portableSpec(spec: ServiceSpec, root: string): ServiceSpec {
  const portable = (path: string) => relative(root, path).replaceAll("\\", "/");
  const { build } = spec;
  const built = build && { build: { ...build, context: portable(build.context), dockerfile: portable(build.dockerfile) } };
  return { ...spec, file: portable(spec.file), ...built };
}
