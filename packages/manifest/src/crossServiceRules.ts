import { relative } from "node:path";

import { closest } from "./closest";
import type { Diagnostic } from "./diagnostic";
import type { ServiceManifest } from "./schema";
import type { ServiceSpec } from "./spec";
import type { Locate } from "./specRules";
import type { YamlSource } from "./yamlSource";

/** One manifest; without a spec where it has problems of its own. */
export interface LoadedService {
  source: YamlSource;
  name?: string;
  manifest?: Omit<ServiceManifest, "environments">;
  spec?: ServiceSpec;
  locate?: Locate;
}

/** What must hold between the services of an environment. */
export function crossServiceDiagnostics(services: LoadedService[]): Diagnostic[] {
  return [...duplicateNames(services), ...unknownServices(services), ...duplicatePaths(services)];
}

function duplicateNames(services: LoadedService[]): Diagnostic[] {
  const first = new Map<string, LoadedService>();
  return services.flatMap((service): Diagnostic[] => {
    if (!service.name) return [];
    const other = first.get(service.name);
    if (!other) {
      first.set(service.name, service);
      return [];
    }
    return [
      {
        code: "FL1010",
        file: service.source.file,
        ...service.source.locate(["name"]),
        problem: `"${service.name}" is also the name of ${relative(process.cwd(), other.source.file)}`,
        expected: "a name that no other service has",
        fix: "Rename one of the two.",
      },
    ];
  });
}

function unknownServices(services: LoadedService[]): Diagnostic[] {
  const names = services.flatMap(({ name }) => name ?? []);
  // A manifest that can't be read may be the one that is named.
  if (names.length < services.length) return [];
  const known = new Set(names);
  return services.flatMap(({ manifest, locate }) => {
    const routes = (manifest?.routes ?? []).map(({ service }, index) => ({ service, path: ["routes", index, "service"] }));
    const calls = (manifest?.calls ?? []).map((service, index) => ({ service, path: ["calls", index] }));
    return [...routes, ...calls].flatMap(({ service, path }): Diagnostic[] => {
      if (!service || known.has(service) || !locate) return [];
      const suggestion = closest(service, names);
      return [
        {
          code: "FL1007",
          ...locate(path),
          problem: `${path.join(".")} names "${service}", a service that does not exist`,
          expected: `one of ${names.join(", ")}`,
          fix: suggestion ? `Did you mean "${suggestion}"?` : "Name a service that has a service.yaml.",
        },
      ];
    });
  });
}

function duplicatePaths(services: LoadedService[]): Diagnostic[] {
  const first = new Map<string, string>();
  return services.flatMap(({ manifest, locate, source }) =>
    (manifest?.routes ?? []).flatMap(({ path }, index): Diagnostic[] => {
      const other = first.get(path);
      if (!other || !locate) {
        first.set(path, source.file);
        return [];
      }
      return [
        {
          code: "FL1011",
          ...locate(["routes", index, "path"]),
          problem: `"${path}" is also a route in ${relative(process.cwd(), other)}`,
          expected: "each path once in an environment",
          consequence: "Only one of the two services would ever answer.",
          fix: "Change one of the two paths.",
        },
      ];
    }),
  );
}
