import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "@fairlead/model";

import type { Diagnostic } from "./diagnostic";
import { judge } from "./judge";
import { manifestFiles } from "./manifestFiles";
import { ManifestSource } from "./manifestSource";
import type { Merged } from "./merge";
import { routesByService } from "./rules/crossService";
import type { LoadedService } from "./rules/loadedService";
import type { ServiceManifest } from "./schema/service";
import type { EnvironmentDefaults, EnvironmentOffers, ServiceSpec } from "./spec";
import { withStandIns, type LeftOut } from "./standIns";

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
  /**
   * Is told all problems, and which manifests have them: what is returned is then of the others, and of what stands in for these. Without it the problems are
   * thrown.
   */
  onProblems?: (problems: UserError, leftOut: LeftOut[]) => void;
  /** Another text of a manifest that has mistakes, such as the one before a change; undefined where there is none. */
  standIn?: (file: string) => string | undefined;
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
  const sources = manifestFiles(resolve(args.directory)).map((file) => new ManifestSource(file, readFileSync(file, "utf8")));
  const judged = judge(sources, args);
  const { diagnostics, hints } = judged;
  args.onRead?.(judged.read);
  if (hints.length > 0) args.onHints?.(hints);
  if (diagnostics.length === 0) return routed(judged.services);
  const problems = new UserError(inManifests(diagnostics.length), hidden(diagnostics, hints).sort(byPlace));
  if (!args.onProblems) throw problems;
  const { services, leftOut } = withStandIns(sources, judged, args);
  args.onProblems(problems, leftOut);
  return routed(services);
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
