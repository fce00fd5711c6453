import { dirname, resolve } from "node:path";
import { platformOf, type Platform } from "@fairlead/registry/platform";

import type { ServiceManifest } from "./schema";
import type { EnvironmentDefaults, ServiceSpec } from "./spec";

/** Fills in defaults. The image's platforms follow the task's CPU architecture unless the manifest says otherwise. */
export function toSpec(manifest: Omit<ServiceManifest, "environments">, file: string, defaults: EnvironmentDefaults): ServiceSpec {
  const directory = dirname(file);
  const context = resolve(directory, manifest.build?.context ?? ".");
  const cpuArchitecture = manifest.runtimePlatform?.cpuArchitecture ?? defaults.cpuArchitecture;
  const wanted = new Set<Platform>([platformOf(cpuArchitecture), ...(defaults.additionalPlatforms ?? [])]);
  return {
    name: manifest.name,
    version: manifest.version ?? "0.0.0",
    file,
    build: {
      context,
      dockerfile: resolve(directory, manifest.build?.dockerfile ?? "Dockerfile"),
      target: manifest.build?.target,
      args: manifest.build?.args ?? {},
      platforms: [...(manifest.build?.platforms ?? wanted)].sort(),
    },
    runtimePlatform: { cpuArchitecture },
    cpu: manifest.cpu ?? 256,
    memoryMiB: manifest.memoryMiB ?? 512,
    desiredCount: manifest.desiredCount ?? defaults.desiredCount,
    containerPort: manifest.containerPort,
    routes: [],
    healthCheck: {
      path: manifest.healthCheck?.path ?? "/",
      intervalSeconds: manifest.healthCheck?.intervalSeconds ?? 15,
      timeoutSeconds: manifest.healthCheck?.timeoutSeconds ?? 5,
    },
    calls: manifest.calls ?? [],
    environment: manifest.environment ?? {},
    stopTimeoutSeconds: manifest.stopTimeoutSeconds ?? 30,
  };
}
