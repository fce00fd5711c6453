import { dirname, resolve } from "node:path";
import { defaultAccessOf, platformOf, type Platform } from "@fairlead/model";

import { fillDefaults } from "./defaults";
import { onFargate } from "./onFargate";
import type { ServiceManifest } from "./schema/service";
import type { BuildSpec, EnvironmentDefaults, EnvironmentOffers, ServiceSpec } from "./spec";

type Manifest = Omit<ServiceManifest, "environments">;

/** What every spec has, whatever its manifest says: the schema has a default for each. */
type Filled = Manifest &
  Pick<ServiceSpec, "kind" | "version" | "cpu" | "memoryMiB" | "healthCheck" | "stopTimeoutSeconds" | "enableExecuteCommand"> & {
    build: { context: string; dockerfile: string };
  };

/** The spec of a merged manifest: with its defaults, but for what goes to a component as it is. The image's platforms follow the task's CPU architecture unless the manifest says otherwise. */
export function toSpec(manifest: Manifest, file: string, defaults: EnvironmentDefaults, offers: EnvironmentOffers): ServiceSpec {
  const directory = dirname(file);
  const cpuArchitecture = manifest.runtimePlatform?.cpuArchitecture ?? defaults.cpuArchitecture;
  const wanted = new Set<Platform>([platformOf(cpuArchitecture), ...(defaults.additionalPlatforms ?? [])]);
  const filled = fillDefaults({ build: {}, healthCheck: {}, ...manifest }).values as unknown as Filled;
  const { kind, version, cpu, memoryMiB, stopTimeoutSeconds, enableExecuteCommand } = filled;
  const { path, intervalSeconds, timeoutSeconds } = filled.healthCheck;
  return {
    ...manifest,
    kind,
    version,
    file,
    build: manifest.image === undefined || manifest.build ? buildOf(manifest.build, filled.build, directory, wanted) : undefined,
    runtimePlatform: { cpuArchitecture },
    cpu,
    memoryMiB,
    desiredCount: manifest.desiredCount ?? defaults.desiredCount,
    assignPublicIp: manifest.assignPublicIp ?? ((defaults.assignPublicIp && onFargate(manifest)) || undefined),
    routes: [],
    healthCheck: { ...manifest.healthCheck, path, intervalSeconds, timeoutSeconds },
    tags: manifest.tags ?? {},
    calls: manifest.calls ?? [],
    uses: (manifest.uses ?? []).map((use) => {
      const data = offers.data?.[use.name];
      // Data that there is not is told by a rule of its own.
      return { ...use, access: use.access ?? (data ? defaultAccessOf(data, kind) : "readWrite") };
    }),
    environment: manifest.environment ?? {},
    secrets: manifest.secrets ?? {},
    stopTimeoutSeconds,
    sidecars: manifest.sidecars ?? {},
    enableExecuteCommand,
    before: manifest.before ?? [],
  };
}

function buildOf(
  written: Manifest["build"],
  { context, dockerfile }: { context: string; dockerfile: string },
  directory: string,
  wanted: ReadonlySet<Platform>,
): BuildSpec {
  return {
    context: resolve(directory, context),
    dockerfile: resolve(directory, dockerfile),
    target: written?.target,
    args: written?.args ?? {},
    secrets: written?.secrets ?? {},
    ssh: written?.ssh,
    platforms: [...(written?.platforms ?? wanted)].sort(),
  };
}
