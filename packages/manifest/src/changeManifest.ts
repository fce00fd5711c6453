import { editedYaml } from "@fairlead/model/files";

import type { Diagnostic } from "./diagnostic";
import type { ReadService } from "./loadServicesArgs";
import { ManifestSource } from "./manifestSource";
import { manifestIn } from "./merge";
import { specDiagnostics } from "./rules";
import type { Locate } from "./rules/rule";
import { schemaDiagnostics } from "./schemaErrors";
import type { EnvironmentDefaults } from "./spec";
import { toSpec } from "./toSpec";

type Path = readonly (string | number)[];

/** A change of a manifest's text. */
export interface ManifestChange {
  /** Keys from the top, as an environment reads them: without `environments`. */
  path: Path;
  /** Undefined takes the key away. */
  value: unknown;
}

/** Where a key is decided for an environment: its own part where that has it, else the base. @returns path in the file */
export function decidingPath({ merged, environment }: ReadService, path: Path): Path {
  const text = path.join("/");
  const isOverridden = [...merged.layers].some(
    ([known, layer]) => layer === "environment" && (known === text || known.startsWith(`${text}/`) || text.startsWith(`${known}/`)),
  );
  return isOverridden ? ["environments", environment, ...path] : path;
}

/**
 * A manifest's text with some changes, each where the key is decided for the environment; all else in the text stays as it is.
 *
 * @returns undefined where a value can't be changed at its place: an alias stands there, for one
 */
export function changedManifest(text: string, read: ReadService, changes: readonly ManifestChange[]): string | undefined {
  const edited = editedYaml(
    text,
    changes.map(({ path, value }) => ({ path: decidingPath(read, path), value })),
  );
  return "text" in edited ? edited.text : undefined;
}

/** What a changed text would have wrong with it that the one before hasn't, by itself: beside other services and what the environment offers. */
export function problemsOfChange(read: ReadService, before: string, after: string, services: ReadonlySet<string>): Diagnostic[] {
  const key = ({ code, problem }: Diagnostic) => `${code} ${problem}`;
  const known = new Set(problemsOf(read, before, services).map(key));
  return problemsOf(read, after, services).filter((problem) => !known.has(key(problem)));
}

function problemsOf({ spec, environment }: ReadService, text: string, services: ReadonlySet<string>): Diagnostic[] {
  const source = new ManifestSource(spec.file, text);
  if (source.problems.length > 0) return source.problems;
  const problems = schemaDiagnostics(source);
  if (problems.length > 0) return problems;
  const manifest = manifestIn(source, environment).value;
  const defaults: EnvironmentDefaults = { cpuArchitecture: spec.runtimePlatform.cpuArchitecture, desiredCount: spec.desiredCount };
  const locate: Locate = (path) => ({ file: spec.file, ...source.locate(path) });
  const written = new Set(Object.keys(manifest));
  return specDiagnostics({ spec: toSpec(manifest, spec.file, defaults, {}), offers: {}, services, locate, locateKey: locate, written });
}
