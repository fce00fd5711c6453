import { dirname, resolve } from "node:path";
import { accessOf, platformOf, type DataKind, type Platform } from "@fairlead/model";

import type { ServiceManifest } from "./schema/service";
import type { EnvironmentDefaults, EnvironmentOffers, ServiceSpec } from "./spec";

type Manifest = Omit<ServiceManifest, "environments">;

/** Fills in defaults. The image's platforms follow the task's CPU architecture unless the manifest says otherwise. */
export function toSpec(manifest: Manifest, file: string, defaults: EnvironmentDefaults, offers: EnvironmentOffers): ServiceSpec {
  const directory = dirname(file);
  const cpuArchitecture = manifest.runtimePlatform?.cpuArchitecture ?? defaults.cpuArchitecture;
  const wanted = new Set<Platform>([platformOf(cpuArchitecture), ...(defaults.additionalPlatforms ?? [])]);
  const kind = manifest.kind ?? "web-service";
  return {
    ...manifest,
    kind,
    version: manifest.version ?? "0.0.0",
    file,
    build: {
      context: resolve(directory, manifest.build?.context ?? "."),
      dockerfile: resolve(directory, manifest.build?.dockerfile ?? "Dockerfile"),
      target: manifest.build?.target,
      args: manifest.build?.args ?? {},
      secrets: manifest.build?.secrets ?? {},
      ssh: manifest.build?.ssh,
      platforms: [...(manifest.build?.platforms ?? wanted)].sort(),
    },
    runtimePlatform: { cpuArchitecture },
    cpu: manifest.cpu ?? 256,
    memoryMiB: manifest.memoryMiB ?? 512,
    desiredCount: manifest.desiredCount ?? defaults.desiredCount,
    routes: [],
    healthCheck: {
      path: manifest.healthCheck?.path ?? "/",
      intervalSeconds: manifest.healthCheck?.intervalSeconds ?? 15,
      timeoutSeconds: manifest.healthCheck?.timeoutSeconds ?? 5,
      matcher: manifest.healthCheck?.matcher,
    },
    tags: manifest.tags ?? {},
    calls: manifest.calls ?? [],
    uses: (manifest.uses ?? []).map((use) => ({ ...use, access: use.access ?? defaultAccess(kind, offers.data?.[use.name]) })),
    environment: manifest.environment ?? {},
    secrets: manifest.secrets ?? {},
    stopTimeoutSeconds: manifest.stopTimeoutSeconds ?? 30,
    sidecars: manifest.sidecars ?? {},
    enableExecuteCommand: manifest.enableExecuteCommand ?? false,
    before: manifest.before ?? [],
  };
}

/** A queue has two ends: a worker works it off, everybody else fills it. */
function defaultAccess(kind: ServiceSpec["kind"], data: DataKind | undefined) {
  if (data === "queue") return kind === "worker" ? "read" : "write";
  return data ? accessOf(data)[0] : "readWrite";
}
