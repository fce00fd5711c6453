import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "@fairlead/model";

import type { Diagnostic } from "./diagnostic";
import { judge } from "./judge";
import { deployerOf, type LoadServicesArgs } from "./loadServicesArgs";
import { manifestFiles } from "./manifestFiles";
import { ManifestSource } from "./manifestSource";
import { routesByService } from "./rules/crossService";
import type { LoadedService } from "./rules/loadedService";
import type { ServiceSpec } from "./spec";
import { withStandIns } from "./standIns";

/**
 * Reads every service of an environment, in alphabetical order.
 *
 * @throws UserError with all problems of all manifests
 */
export function loadServices(args: LoadServicesArgs): ServiceSpec[] {
  const files = manifestFiles(resolve(args.directory));
  const sources = files.map((file) => new ManifestSource(file, readFileSync(file, "utf8"), deployerOf(args)));
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
  const places = new Set(hints.filter(({ isSecret }) => isSecret).map(({ file, line }) => `${file}:${line}`));
  return diagnostics.map((found) => (places.has(`${found.file}:${found.line}`) ? { ...found, isSecret: true } : found));
}

function inManifests(count: number): string {
  return `${count} problem${count === 1 ? "" : "s"} in service manifests`;
}

/** As one meets them, reading the files from top to bottom. */
function byPlace(a: Diagnostic, b: Diagnostic): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
