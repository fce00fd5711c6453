import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { closest, UserError } from "@fairlead/model";

import type { Diagnostic } from "./diagnostic";
import { likelySecrets } from "./likelySecrets";
import { manifestFiles, misnamed } from "./manifestFiles";
import { ManifestSource } from "./manifestSource";
import { merge, type Merged } from "./merge";
import { specDiagnostics } from "./rules";
import { crossServiceDiagnostics, routesByService } from "./rules/crossService";
import type { LoadedService } from "./rules/loadedService";
import type { Locate } from "./rules/rule";
import type { ServiceManifest } from "./schema/service";
import { schemaDiagnostics } from "./schemaErrors";
import type { EnvironmentDefaults, EnvironmentOffers, ServiceSpec } from "./spec";
import { toSpec } from "./toSpec";

/** Which manifests to read, and for which environment. */
export interface LoadServicesArgs {
  /** Folder whose folders hold a service.yaml each. */
  directory: string;
  /** Name of the environment, whose overrides apply. */
  environment: string;
  /** All environments that there are: an override for another one is a mistake. */
  environments: string[];
  defaults: EnvironmentDefaults;
  /** What the environment has for services to name. Nothing by default. */
  offers?: EnvironmentOffers;
  /** Is told what was read, before it is judged: those services, too, that are right beside others with mistakes. */
  onRead?: (services: ReadService[]) => void;
  /** Is told what may be wrong, and stops nothing. */
  onHints?: (hints: Diagnostic[]) => void;
  /** Is told all problems; services whose manifests have none are then returned. Without it the problems are thrown. */
  onProblems?: (problems: UserError) => void;
}

/** One service as it was read, before it is judged together with the others. */
export interface ReadService {
  environment: string;
  source: ManifestSource;
  spec: ServiceSpec;
  merged: Merged<Omit<ServiceManifest, "environments">>;
}

/**
 * Reads every service of an environment, in alphabetical order.
 *
 * @throws UserError with all problems of all manifests
 */
export function loadServices(args: LoadServicesArgs): ServiceSpec[] {
  const { offers = {} } = args;
  const sources = manifestFiles(resolve(args.directory)).map((file) => new ManifestSource(file, readFileSync(file, "utf8")));
  const names = new Set(sources.flatMap(({ value }) => nameOf(value) ?? []));
  const diagnostics: Diagnostic[] = [];
  const hints: Diagnostic[] = [];
  const services: LoadedService[] = [];
  const read: ReadService[] = [];
  for (const source of sources) {
    const { file } = source;
    const problems = [misnamed(file), source.problems].find(({ length }) => length > 0) ?? schemaDiagnostics(source);
    const secrets = likelySecrets(source);
    hints.push(...secrets.perhaps);
    diagnostics.push(...problems, ...secrets.sure);
    if (problems.length > 0) {
      services.push({ source, name: nameOf(source.value) });
      continue;
    }
    const { environments } = source.value as ServiceManifest;
    diagnostics.push(...unknownEnvironments(source, Object.keys(environments ?? {}), args.environments));
    const merged = manifestIn(source, args.environment);
    const manifest = merged.value;
    const spec = toSpec(manifest, file, args.defaults, offers);
    const layer = (path: (string | number)[]) => {
      const override = ["environments", args.environment, ...path];
      return path.length > 0 && source.has(override) ? override : path;
    };
    const locate: Locate = (path) => ({ file, ...source.locate(layer(path)) });
    const locateKey: Locate = (path) => ({ file, ...source.locateKey(layer(path)) });
    diagnostics.push(...specDiagnostics({ spec, offers, services: names, locate, locateKey, written: new Set(Object.keys(manifest)) }));
    services.push({ source, name: spec.name, spec, manifest, locate });
    read.push({ environment: args.environment, source, spec, merged });
  }
  args.onRead?.(read);
  if (hints.length > 0) args.onHints?.(hints);
  diagnostics.push(...crossServiceDiagnostics(services, offers));
  if (diagnostics.length === 0) return routed(services);
  const problems = new UserError(inManifests(diagnostics.length), hidden(diagnostics, hints).sort(byPlace));
  if (!args.onProblems) throw problems;
  args.onProblems(problems);
  const broken = new Set(diagnostics.map(({ file }) => file));
  return routed(services.filter(({ source }) => !broken.has(source.file)));
}

/** A manifest that the schema allows, with the overrides of an environment. */
export function manifestIn({ value }: ManifestSource, environment: string): ReadService["merged"] {
  const { environments, ...base } = value as ServiceManifest;
  return merge(base, environments?.[environment]);
}

function unknownEnvironments(source: ManifestSource, named: string[], known: string[]): Diagnostic[] {
  return named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const suggestion = closest(name, known);
      return {
        code: "FL1013",
        file: source.file,
        ...source.locateKey(["environments", name]),
        problem: `environments names "${name}", an environment that does not exist`,
        expected: `one of ${[...known].sort().join(", ")}`,
        consequence: "What stands there would never apply.",
        fix: suggestion ? `Did you mean "${suggestion}"?` : "Remove it, or add the stack.",
      };
    });
}

function nameOf(value: unknown): string | undefined {
  const name = (value as { name?: unknown } | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}

/** Gives each service the routes that lead to it, whichever manifest states them. */
function routed(services: LoadedService[]): ServiceSpec[] {
  const routes = routesByService(services);
  return services
    .flatMap(({ spec }) => spec ?? [])
    .map((spec) => ({ ...spec, routes: routes.get(spec.name) ?? [] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A line that may hold a secret is not shown with what else is wrong on it. */
function hidden(diagnostics: Diagnostic[], hints: Diagnostic[]): Diagnostic[] {
  const places = new Set(hints.map(({ file, line }) => `${file}:${line}`));
  return diagnostics.map((found) => (places.has(`${found.file}:${found.line}`) ? { ...found, isSecret: true } : found));
}

function inManifests(count: number): string {
  return `${count} problem${count === 1 ? "" : "s"} in service manifests`;
}

/** As one meets them, reading the files from top to bottom. */
function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
